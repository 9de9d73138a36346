"""What the filters on tasks can ask for: the vendor's fields, and those that only its client shows.

Source: vendor's API description, section 6.3; the tools of Custify's MCP server; docs/decisions.md for the
words about weeks and months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from mock_custify.api.filters import periods
from mock_custify.api.filters.any_of import any_of, any_of_schema
from mock_custify.api.filters.grammar import day_in
from mock_custify.api.filters.model import DueWord, StatusWord
from mock_custify.errors import InvalidRequestError
from mock_custify.resources.tasks.model import Priority
from mock_custify.values import DATE_PATTERN, find_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mock_custify.api.filters.model import TaskFilter
    from mock_custify.api.lists import Reader
    from mock_custify.resources.tasks.model import Task

    Test = Callable[[Task], bool]

PRIORITIES: Final = get_args(Priority)
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "dueOn": get_args(DueWord),
    "status": get_args(StatusWord),
    "priority": PRIORITIES,
}
FIELDS: Final = ("assignedTo", "tags", "company", "people", "createdBy", "priority", "status", "dueOn")
DAY: Final = {"type": "string", "pattern": DATE_PATTERN}
RANGE: Final = {
    "type": "object",
    "properties": {"field": {"const": "dueOn"}, "startDate": DAY, "endDate": DAY},
    "required": ["field", "startDate", "endDate"],
    "additionalProperties": False,
}
SCHEMA: Final = any_of_schema(FIELDS, WORDS, RANGE)


def task_test(filters: Sequence[TaskFilter], now: datetime) -> Test:
    """Return the test that the filters put to a task; raise InvalidRequestError that names the mistake."""
    ranges = [
        due_between(given, f"filters[{index}]") for index, given in enumerate(filters) if is_range(given)
    ]
    named = any_of([given for given in filters if not is_range(given)], readers(now), WORDS)
    return lambda task: named(task) and all(test(task) for test in ranges)


def readers(now: datetime) -> Mapping[str, Reader]:
    """Return the fields that can be asked for, at a time."""
    return {
        "assignedTo": lambda task: [one for one in (task.assignedTo, task.assignedToEmail) if one],
        "tags": lambda task: task.tags,
        "company": lambda task: task.company,
        "people": lambda task: task.people,
        "createdBy": lambda task: task.createdBy,
        "priority": lambda task: task.priority,
        "status": lambda task: [word for word in WORDS["status"] if has_status(task, word, now)],
        "dueOn": lambda task: [word for word in WORDS["dueOn"] if is_due(task, word, now)],
    }


def is_range(given: TaskFilter) -> bool:
    """Tell whether a filter asks for the days from one to another."""
    return given.startDate is not None or given.endDate is not None


def due_between(given: TaskFilter, place: str) -> Test:
    """Return the test for a due date from one day to another, both included; raise InvalidRequestError."""
    first, last = day_in(given.startDate), day_in(given.endDate)
    if given.field != "dueOn" or first is None or last is None:
        raise InvalidRequestError(
            f"{place}: a range works only for dueOn, and needs the dates startDate and endDate"
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
        return word == "snoozed" and task.status == "open"
    today, day = periods.day_of(now), day_in(task.dueDate)
    if word == "overdue":
        return day is not None and day < today
    if word == "outstanding":
        return day is not None and day <= today
    return word == "open" or (word == "on time" and (day is None or day >= today))


def is_snoozed(task: Task, now: datetime) -> bool:
    """Tell whether a task sleeps until a moment that is yet to come."""
    until = find_date(task.snoozedUntilDate or "")
    return until is not None and until > now
