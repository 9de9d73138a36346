"""An objective of a company."""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, Struct, UnsetType

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.values import DateText, Number, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Collaborator(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A collaborator of an objective: a user or a person by internal id, or somebody else by name."""

    entity: str | None = None
    name: str | None = None


class Objective(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored objective. `company` is the internal id, `company_id` is your id.

    `assignedTo` is the internal id of a user or a person, or the word "Customer"; `assignedToName` is always
    shown and null when there is no name. The values are kept as text, as Custify shows them.
    """

    id: str = ""
    _id: str = ""
    name: str
    company: str | None = None
    company_id: str | None = None
    description: str | None = None
    importance: Text | None = None
    risk: Text | None = None
    health: Number | None = None
    completionPercentage: int | float | None = None
    completionType: str | None = None
    completionAttribute: str | None = None
    valueBaseline: Text | None = None
    valueTarget: Text | None = None
    valueCurrent: Text | None = None
    objectiveStatus: str | None = None
    startAt: DateText | None = None
    dueAt: DateText | None = None
    completedAt: DateText | None = None
    tags: tuple[str, ...] = EMPTY_LIST
    assignedTo: str | None = None
    assignedToName: str | UnsetType | None = UNSET
    collaborators: tuple[Collaborator | str, ...] = EMPTY_LIST
    created_at: DateText = ""
    updated_at: DateText = ""


OBJECTIVES: Final = Section("objectives", Objective, Collection[Objective])
