"""A lifecycle that companies go through."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.values import DateText, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Goal(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The goal of a lifecycle; `segment` is an internal id."""

    id: str | None = None
    name: str | None = None
    criteria: str | None = None
    segment: str | None = None


class Lifecycle(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored lifecycle; `daysToComplete` and `daysToStuck` are kept as text, as Custify shows them.

    `created_by` and `updated_by` are internal ids of users. The form of tasks and settings is not known.
    """

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    startCondition: str | None = None
    startConditionEntityName: str | None = None
    endCondition: str | None = None
    endConditionEntityName: str | None = None
    daysToComplete: Text | None = None
    daysToStuck: Text | None = None
    position: int | float | None = None
    status: str | None = None
    showInC360: bool | None = None
    tags: tuple[str, ...] = EMPTY_LIST
    goals: tuple[Goal, ...] = EMPTY_LIST
    tasks: tuple[dict[str, Any], ...] = EMPTY_LIST
    settings: dict[str, Any] | None = None
    created_by: str | None = None
    created_by_name: str | None = None
    updated_by: str | None = None
    updated_by_name: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


LIFECYCLES: Final = Section("lifecycles", Lifecycle, Collection[Lifecycle])
