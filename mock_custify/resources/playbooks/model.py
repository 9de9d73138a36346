"""A playbook, and the runs that were started by hand."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.resources.segments.model import Audience
from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Playbook(Struct, frozen=True, kw_only=True):
    """A playbook on record; one with a `trigger` other than "manual" cannot be started by a call."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: Audience = "companies"
    status: str | None = None
    trigger: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


class PlaybookStart(Struct, kw_only=True):
    """The body of POST /playbook/entity/{id}: the internal id of a company or a person."""

    entityId: ObjectId
    type: Audience = "companies"


class PlaybookRun(Struct, frozen=True, kw_only=True):
    """A playbook that was started on a company or a person."""

    id: str = ""
    _id: str = ""
    playbook: str
    entity: str
    type: Audience = "companies"
    created_at: DateText = ""
    updated_at: DateText = ""


PLAYBOOKS: Final = Section("playbooks", Playbook, Collection[Playbook])
PLAYBOOK_RUNS: Final = Section("playbook_runs", PlaybookRun, Collection[PlaybookRun])
