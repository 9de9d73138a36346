"""The calls about tasks."""

from __future__ import annotations

from typing import Annotated, Any, Final

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.model import MOST_FILTERS, TASK_FIELDS, TaskFilter
from mock_custify.api.paging import (
    LARGEST_OF_OTHERS,
    PageQuery,
    SortingText,
    asked_filters,
    asked_sorting,
    json_parameter,
)
from mock_custify.resources.tasks import rules
from mock_custify.resources.tasks.filters import WORDS
from mock_custify.resources.tasks.model import TASKS, Task, TaskAnswer, TaskChoices, TaskPost, TaskPut
from mock_custify.values import DATE_PATTERN
from mock_custify.workspace import Workspace

tasks = Blueprint("tasks", __name__)


def one_filter(field: str) -> dict[str, Any]:
    """Return the schema of a filter on one field of tasks, with its words where it has any."""
    values = {"enum": list(WORDS[field])} if field in WORDS else {"type": "string"}
    known = {"field": {"const": field}, "values": {"type": "array", "items": values, "minItems": 1}}
    return {"type": "object", "properties": known, "required": list(known), "additionalProperties": False}


DAY: Final = {"type": "string", "pattern": DATE_PATTERN}
RANGE: Final = {
    "type": "object",
    "properties": {"field": {"const": "dueOn"}, "startDate": DAY, "endDate": DAY},
    "required": ["field", "startDate", "endDate"],
    "additionalProperties": False,
}
FILTERS: Final = {
    "type": "array",
    "items": {"anyOf": [*map(one_filter, TASK_FIELDS), RANGE]},
    "maxItems": MOST_FILTERS,
}


class TaskQuery(PageQuery, kw_only=True, rename="camel"):
    """Which page of the tasks, which of them, and in which order."""

    filters: Annotated[str, json_parameter(FILTERS, "A JSON array: AND across, ANY within.")] = ""
    sorting: SortingText = ""
    search_term: str = ""
    enhance_company: bool = False


class TasksPage(Struct, kw_only=True):
    """One page of tasks and how many there are in all."""

    tasks: list[TaskAnswer]
    total: int


@tasks.post("/task")
@call(
    statuses=(400, 404),
    example={"name": "Call back", "company": "6560a1b2c3d4e5f60718293a", "dueDate": "2026-01-31"},
)
def create_task(workspace: Workspace, body: TaskPost) -> Task:
    """Create a task for a company."""
    return rules.create_task(workspace, body)


@tasks.get("/task")
@call(statuses=(400,))
def list_tasks(workspace: Workspace, query: TaskQuery) -> TasksPage:
    """List tasks, oldest first, one page at a time."""
    filters = asked_filters(query.filters, TaskFilter)
    found = rules.find_tasks(workspace, filters, asked_sorting(query.sorting), query.search_term)
    page = query.cut(found, LARGEST_OF_OTHERS)
    shown = rules.task_answers(workspace, page, enhanced=query.enhance_company)
    return TasksPage(tasks=shown, total=len(found))


@tasks.get("/task/filtersAvailableValues")
@call()
def list_task_choices(workspace: Workspace) -> TaskChoices:
    """List the values that the tasks have, field by field."""
    return rules.task_choices(workspace)


@tasks.get("/task/<task>")
@call()
def get_task(workspace: Workspace, task: str) -> TasksPage:
    """Read a task by internal id; an unknown id gives an empty list."""
    known = workspace.records[TASKS].get(task)
    found = [known] if known else []
    return TasksPage(tasks=rules.task_answers(workspace, found, enhanced=False), total=len(found))


@tasks.put("/task/<task>")
@call(statuses=(400, 404), example={"status": "not relevant"})
def update_task(workspace: Workspace, task: str, body: TaskPut) -> Task:
    """Change the status of a task."""
    return rules.update_task(workspace, task, body)
