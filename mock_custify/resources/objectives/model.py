"""An objective of a company."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.values import DateText, Scalar
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Objective(Struct, frozen=True, kw_only=True):
    """An objective on record. `company` is the internal id, `company_id` the client's own."""

    id: str = ""
    _id: str = ""
    name: str
    company: str | None = None
    company_id: str | None = None
    description: str | None = None
    importance: Scalar | None = None
    risk: Scalar | None = None
    health: Scalar | None = None
    completionPercentage: int | float | None = None
    completionType: str | None = None
    completionAttribute: str | None = None
    valueBaseline: Scalar | None = None
    valueTarget: Scalar | None = None
    valueCurrent: Scalar | None = None
    objectiveStatus: str | None = None
    startAt: DateText | None = None
    dueAt: DateText | None = None
    completedAt: DateText | None = None
    tags: tuple[str, ...] = ()
    assignedTo: str | None = None
    assignedToName: str | None = None
    collaborators: tuple[str, ...] = ()
    created_at: DateText = ""
    updated_at: DateText = ""


OBJECTIVES: Final = Section("objectives", Objective, Collection[Objective])
