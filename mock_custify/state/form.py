"""The form of a whole workspace as JSON: what PUT /_mock/state and a state file may hold."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType, field

from mock_custify.resources.calculated_metrics.model import CalculatedMetric
from mock_custify.resources.companies.model import CompanyUpsert
from mock_custify.resources.events.model import EventPost
from mock_custify.resources.health_scores.model import HealthScore, HealthScoreValue
from mock_custify.resources.lifecycles.model import Lifecycle
from mock_custify.resources.meetings.model import Meeting
from mock_custify.resources.notes.model import Note
from mock_custify.resources.nps_scores.model import NpsScore
from mock_custify.resources.objectives.model import Objective
from mock_custify.resources.people.model import CompanyLink, PersonUpsert
from mock_custify.resources.playbooks.model import Playbook, PlaybookRun
from mock_custify.resources.segments.model import Segment
from mock_custify.resources.signals.model import Signal
from mock_custify.resources.tags.model import Tag
from mock_custify.resources.tasks.model import Task
from mock_custify.values import DateText, ObjectId, Text
from mock_custify.workspace.custom_fields import FieldType


class PersonState(PersonUpsert, kw_only=True):
    """A person in a state; `companies` are internal ids or the links of an upsert."""

    companies: list[ObjectId | CompanyLink] | UnsetType | None = UNSET  # type: ignore[assignment]
    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


class CompanyState(CompanyUpsert, kw_only=True):
    """A company in a state."""

    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


class Membership(Struct, kw_only=True):
    """That a person, named by user_id or else email, belongs to a company."""

    company_id: Text
    user_id: Text | None = None
    email: Text | None = None


class EventState(EventPost, kw_only=True):
    """An event in a state; whom it is linked to is worked out when the state does not say it."""

    id: ObjectId | UnsetType = UNSET
    received_at: DateText | UnsetType = UNSET
    person: str | UnsetType | None = UNSET
    company: str | UnsetType | None = UNSET
    dropped: str | UnsetType | None = UNSET


class CustomFieldTypes(Struct, kw_only=True):
    """The types of custom fields, by name."""

    people: dict[str, FieldType] = {}
    companies: dict[str, FieldType] = {}


class StatePut(Struct, kw_only=True):
    """A whole workspace; a part left out is empty."""

    people: list[PersonState] = []
    companies: list[CompanyState] = []
    memberships: list[Membership] = []
    events: list[EventState] = []
    custom_fields: CustomFieldTypes = field(default_factory=CustomFieldTypes)
    tags: list[Tag] = []
    notes: list[Note] = []
    tasks: list[Task] = []
    segments: list[Segment] = []
    playbooks: list[Playbook] = []
    playbook_runs: list[PlaybookRun] = []
    health_scores: list[HealthScore] = []
    health_score_values: list[HealthScoreValue] = []
    calculated_metrics: list[CalculatedMetric] = []
    lifecycles: list[Lifecycle] = []
    objectives: list[Objective] = []
    signals: list[Signal] = []
    meetings: list[Meeting] = []
    nps_scores: list[NpsScore] = []
