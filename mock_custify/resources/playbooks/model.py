"""A playbook, and the runs that were started by hand."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.resources.segments.model import Audience
from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class CompanyCounts(Struct, frozen=True, kw_only=True):
    """The number of records on which a playbook runs, and on which it ended, for each kind of end."""

    in_progress: int = 0
    completed: int = 0
    completed_end: int = 0
    completed_exit: int = 0
    completed_manual: int = 0


class Playbook(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored playbook; one with a `trigger` other than "manual" cannot be started by a call.

    A playbook whose `trigger` begins with "schedule" is scheduled. The `company_counts` of a state are
    counted together with the stored runs. `type` is kept as companies or people.
    """

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: Audience = "company"
    status: str | None = None
    position: int | float | None = None
    trigger: str | None = None
    settings: dict[str, Any] | None = None
    tags: tuple[str, ...] = EMPTY_LIST
    company_counts: CompanyCounts | None = None
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
