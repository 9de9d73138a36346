"""The grammar of filters on tasks: AND across filters, ANY within one.

Source: the tools of Custify's MCP server; docs/decisions.md for the words about weeks and months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from mock_custify.api.filters import periods
from mock_custify.api.filters.grammar import choices_of, day_in
from mock_custify.api.filters.model import DueWord, StatusWord
from mock_custify.errors import InvalidRequestError
from mock_custify.resources.tasks.model import Priority
from mock_custify.values import find_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from mock_custify.api.filters.model import TaskFilter
    from mock_custify.resources.tasks.model import Task

    Test = Callable[[Task], bool]

PRIORITIES: Final = get_args(Priority)
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "dueOn": get_args(DueWord),
    "status": get_args(StatusWord),
    "priority": PRIORITIES,
}


def meets(given: TaskFilter, now: datetime, place: str) -> Test:
    """Return the test that a filter puts to a task; raise InvalidRequestError that names the mistake."""
    if given.startDate is not None or given.endDate is not None:
        return due_between(given, place)
    if not given.values:
        raise InvalidRequestError(f"{place}: values is empty: give at least one")
    words = WORDS.get(given.field)
    unknown = [value for value in given.values if words and value not in words]
    if words and unknown:
        raise InvalidRequestError(
            f"{place}: {given.field} {unknown[0]!r} is not known: use {', '.join(words)}"
        )
    if given.field == "dueOn":
        return lambda task: any(is_due(task, word, now) for word in given.values)
    if given.field == "status":
        return lambda task: any(has_status(task, word, now) for word in given.values)
    wanted = frozenset(value.casefold() for value in given.values)
    return lambda task: not wanted.isdisjoint(choices_of(getattr(task, given.field)))


def due_between(given: TaskFilter, place: str) -> Test:
    """Return the test for a due date from one day to another, both included; raise InvalidRequestError."""
    first, last = day_in(given.startDate), day_in(given.endDate)
    if given.field != "dueOn" or first is None or last is None:
        raise InvalidRequestError(
            f"{place}: a range is for dueOn and needs startDate and endDate, both dates"
        )
    return lambda task: (day := day_in(task.dueDate)) is not None and first <= day <= last


def is_due(task: Task, word: str, now: datetime) -> bool:
    """Tell whether a task is due at the time that `word` names; one without a due date never is."""
    today, day = periods.day_of(now), day_in(task.dueDate)
    if day is None:
        return False
    if word == "past_due":
        return day < today
    if word == "today":
        return day == today
    if word == "later":
        return day > periods.this("month", today)[1]
    first, last = periods.this(word.removeprefix("this_"), today)
    return first <= day <= last


def has_status(task: Task, word: str, now: datetime) -> bool:
    """Tell whether a task has a status, stored or computed from an open one; a snoozed task is not open."""
    if word in {"done", "not relevant"}:
        return task.status == word
    if task.status != "open" or is_snoozed(task, now):
        return False
    today, day = periods.day_of(now), day_in(task.dueDate)
    if word == "overdue":
        return day is not None and day < today
    if word == "outstanding":
        return day is not None and day <= today
    return word == "open" or day is None or day >= today


def is_snoozed(task: Task, now: datetime) -> bool:
    """Tell whether a task sleeps until a moment that is yet to come."""
    until = find_date(task.snoozedUntilDate or "")
    return until is not None and until > now
