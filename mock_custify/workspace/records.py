"""Everything a workspace remembers, in one value that can be copied, put back and thrown away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mock_custify.resources.associations.model import Associations
from mock_custify.resources.events.log import EventLog
from mock_custify.resources.health_scores.log import ScoreLog
from mock_custify.workspace.clock import Ids
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.custom_fields import CustomFields

if TYPE_CHECKING:
    from mock_custify.resources.calculated_metrics.model import CalculatedMetric
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.health_scores.model import HealthScore
    from mock_custify.resources.lifecycles.model import Lifecycle
    from mock_custify.resources.meetings.model import Meeting
    from mock_custify.resources.notes.model import Note
    from mock_custify.resources.nps_scores.model import NpsScore
    from mock_custify.resources.objectives.model import Objective
    from mock_custify.resources.people.model import Person
    from mock_custify.resources.playbooks.model import Playbook, PlaybookRun
    from mock_custify.resources.segments.model import Segment
    from mock_custify.resources.signals.model import Signal
    from mock_custify.resources.tags.model import Tag
    from mock_custify.resources.tasks.model import Task


@dataclass(slots=True)
class Records:
    """The whole state of a workspace; the records themselves are immutable and shared by copies."""

    ids: Ids = field(default_factory=Ids)
    people: Collection[Person] = field(default_factory=lambda: Collection("user_id", "email"))
    companies: Collection[Company] = field(default_factory=lambda: Collection("company_id"))
    associations: Associations = field(default_factory=Associations)
    events: EventLog = field(default_factory=EventLog)
    fields: CustomFields = field(default_factory=CustomFields)
    nps_scores: Collection[NpsScore] = field(default_factory=Collection)
    notes: Collection[Note] = field(default_factory=Collection)
    tasks: Collection[Task] = field(default_factory=Collection)
    tags: Collection[Tag] = field(default_factory=Collection)
    segments: Collection[Segment] = field(default_factory=Collection)
    playbooks: Collection[Playbook] = field(default_factory=Collection)
    playbook_runs: Collection[PlaybookRun] = field(default_factory=Collection)
    health_scores: Collection[HealthScore] = field(default_factory=Collection)
    health_score_values: ScoreLog = field(default_factory=ScoreLog)
    calculated_metrics: Collection[CalculatedMetric] = field(default_factory=Collection)
    lifecycles: Collection[Lifecycle] = field(default_factory=Collection)
    objectives: Collection[Objective] = field(default_factory=Collection)
    signals: Collection[Signal] = field(default_factory=Collection)
    meetings: Collection[Meeting] = field(default_factory=Collection)

    def copy(self) -> Records:
        """Return a copy whose changes leave this one alone."""
        return Records(**{name: getattr(self, name).copy() for name in self.__slots__})
