"""A lifecycle that companies go through."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct, field

from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Lifecycle(Struct, frozen=True, kw_only=True):
    """A lifecycle on record; the form of its conditions, goals, tasks and settings is not known."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    startCondition: Any = None
    endCondition: Any = None
    daysToComplete: int | float | None = None
    daysToStuck: int | float | None = None
    position: int | float | None = None
    status: str | None = None
    showInC360: bool | None = None
    tags: tuple[str, ...] = ()
    goals: tuple[Any, ...] = ()
    tasks: tuple[Any, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    created_at: DateText = ""
    updated_at: DateText = ""


LIFECYCLES: Final = Section("lifecycles", Lifecycle, Collection[Lifecycle])
