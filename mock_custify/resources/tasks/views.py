"""The calls about tasks."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.model import TaskFilter
from mock_custify.api.paging import LARGEST_OF_OTHERS, SortingQuery, asked_filters, json_parameter
from mock_custify.resources.tasks import rules
from mock_custify.resources.tasks.answers import task_answer, task_choices
from mock_custify.resources.tasks.filters import SCHEMA
from mock_custify.resources.tasks.model import TASKS, TaskAnswer, TaskChoices, TaskPost, TaskPut
from mock_custify.workspace import Workspace

tasks = Blueprint("tasks", __name__)


class TaskQuery(SortingQuery, kw_only=True, rename="camel"):
    """The page, the filters and the order of a list of tasks."""

    filters: Annotated[
        str,
        json_parameter(
            SCHEMA, "A JSON array of filters. A record must match each field, by any of its values."
        ),
    ] = ""
    search_term: str = ""
    external_id: str = ""
    enhance_company: bool = False


class TasksPage(Struct, kw_only=True):
    """One page of tasks, and the number of all tasks."""

    tasks: list[TaskAnswer]
    total: int


@tasks.post("/task")
@call(
    statuses=(400,),
    example={
        "name": "Call back",
        "company": "6560a1b2c3d4e5f60718293a",
        "priority": "high",
        "status": "open",
        "dueDate": "2026-01-31",
    },
)
def create_task(workspace: Workspace, body: TaskPost) -> TaskAnswer:
    """Create a task for a company."""
    return task_answer(workspace, rules.create_task(workspace, body))


@tasks.get("/task")
@call(statuses=(400,))
def list_tasks(workspace: Workspace, query: TaskQuery) -> TasksPage:
    """List tasks, oldest first, one page at a time."""
    filters = asked_filters(query.filters, TaskFilter)
    asked = query.asked_sorting(), query.search_term, query.external_id
    found = rules.find_tasks(workspace, filters, *asked)
    page = query.cut(found, LARGEST_OF_OTHERS)
    shown = [task_answer(workspace, task, enhanced=query.enhance_company) for task in page]
    return TasksPage(tasks=shown, total=len(found))


@tasks.get("/task/filtersAvailableValues")
@call()
def list_task_choices(workspace: Workspace) -> TaskChoices:
    """List the values that the tasks have, field by field."""
    return task_choices(workspace)


@tasks.get("/task/<task>")
@call()
def get_task(workspace: Workspace, task: str) -> TasksPage:
    """Read a task by internal id; an unknown id gives an empty list."""
    known = workspace.records[TASKS].get(task)
    return TasksPage(tasks=[task_answer(workspace, known)] if known else [], total=int(known is not None))


@tasks.put("/task/<task>")
@call(statuses=(400,), example={"_id": "6560a1b2c3d4e5f60718293a", "status": "not relevant"})
def update_task(workspace: Workspace, task: str, body: TaskPut) -> TaskAnswer:
    """Update a task; fields that are left out are kept."""
    return task_answer(workspace, rules.update_task(workspace, task, body))
