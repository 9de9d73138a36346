"""How a client narrows and orders a list: the filters, each in its own grammar, and the sorting."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from mock_custify.values import Scalar

Direction: TypeAlias = Literal["asc", "desc"]
DueWord: TypeAlias = Literal["past_due", "today", "this_week", "this_month", "later"]
StatusWord: TypeAlias = Literal[
    "open", "done", "not relevant", "snoozed", "overdue", "on time", "outstanding"
]
MOST_FILTERS: Final = 100


class Filter(Struct, frozen=True, kw_only=True):
    """One condition on a company, a person or an objective. Source: the README of Custify's MCP server."""

    fieldName: str
    fieldType: str
    filterType: str
    filterValue: Any = None


class Sorting(Struct, frozen=True, kw_only=True):
    """The order of a list."""

    field: str
    direction: Direction = "desc"


class AnyOf(Struct, frozen=True, kw_only=True):
    """One condition on a task, a note or a ticket: any of `values` in a field."""

    field: str
    values: tuple[Scalar, ...]


class TaskFilter(AnyOf, frozen=True, kw_only=True):
    """One condition on a task: any of `values`, or for `dueOn` the days from `startDate` to `endDate`."""

    values: tuple[Scalar, ...] = ()
    startDate: str | None = None
    endDate: str | None = None


class SignalFilter(Struct, frozen=True, kw_only=True):
    """One condition on a signal."""

    field: str
    operator: Literal["eq"] = "eq"
    value: Scalar | None = None
