"""The rules about tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.lists import ordered
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import get_company, referred_company
from mock_custify.resources.people.rules import referred_person
from mock_custify.resources.tasks.filters import PRIORITIES, meets
from mock_custify.resources.tasks.model import TASKS, Choice, CompanyOfTask, Task, TaskAnswer, TaskChoices
from mock_custify.values import find_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mock_custify.api.filters.model import Sorting, TaskFilter
    from mock_custify.resources.tasks.model import TaskPost, TaskPut
    from mock_custify.workspace.workspace import Workspace


def create_task(workspace: Workspace, request: TaskPost) -> Task:
    """Create a task for a company; raise NotFoundError or InvalidRequestError."""
    company = get_company(workspace, request.company)
    if request.dueDate is not None and find_date(request.dueDate) is None:
        raise InvalidRequestError(f"dueDate: {request.dueDate!r} is not a date, such as 2026-01-31")
    task = Task(
        name=request.name,
        description=request.description,
        priority=request.priority,
        dueDate=request.dueDate,
        company=company.id,
        assignedTo=request.assignedTo,
        assignedToModel="User" if request.assignedTo else None,
        createdByType="api",
    )
    return add_task(workspace, with_status(workspace, task, request.status))


@TASKS.adds
def add_task(workspace: Workspace, task: Task) -> Task:
    """Put a task on record under the company and the person it names."""
    company = referred_company(workspace, task.company or task.company_id or "")
    person = referred_person(workspace, task.people or task.user_id or "")
    if company is not None:
        task = structs.replace(task, company=company.id, company_id=company.company_id)
    if person is not None:
        task = structs.replace(task, people=person.id, user_id=person.user_id)
    return place(workspace, TASKS, task)


def update_task(workspace: Workspace, task_id: str, request: TaskPut) -> Task:
    """Change the status of a task; raise NotFoundError."""
    known = workspace.records[TASKS].get(task_id)
    if known is None:
        raise NotFoundError(f"there is no task with the id {task_id!r}")
    task = structs.replace(with_status(workspace, known, request.status), updated_at=workspace.clock.stamp())
    workspace.records[TASKS].put(task)
    return task


def with_status(workspace: Workspace, task: Task, status: str) -> Task:
    """Return the task in `status`: a task is completed when it becomes done, and only then."""
    done = status == "done"
    completed = (task.completedAt or workspace.clock.stamp()) if done else None
    return structs.replace(
        task, status=status, completedAt=completed, completedBy=task.completedBy if done else None
    )


def find_tasks(
    workspace: Workspace, filters: Sequence[TaskFilter], sorting: Sorting | None, search: str
) -> list[Task]:
    """Return the tasks that meet every filter and have `search` in their name; raise InvalidRequestError."""
    tests = [meets(given, workspace.clock.now(), f"filters[{index}]") for index, given in enumerate(filters)]
    found = [task for task in workspace.records[TASKS] if all(test(task) for test in tests)]
    named = [task for task in found if search.casefold() in task.name.casefold()]
    if sorting is None:
        return named
    field = sorting.field
    if field == "priority":
        return ordered(named, sorting, lambda task: PRIORITIES.index(task.priority))
    return ordered(named, sorting, lambda task: getattr(task, field, None))


def task_answers(workspace: Workspace, tasks: Iterable[Task], *, enhanced: bool) -> list[TaskAnswer]:
    """Return tasks as a list shows them, each with its company when it is `enhanced`."""
    return [
        TaskAnswer(**structs.asdict(task), companyDetails=company_of(workspace, task) if enhanced else None)
        for task in tasks
    ]


def company_of(workspace: Workspace, task: Task) -> CompanyOfTask | None:
    """Return the company of a task in short, or None."""
    company = workspace.records[COMPANIES].get(task.company or "")
    return CompanyOfTask(company.id, company.company_id, company.name) if company else None


def task_choices(workspace: Workspace) -> TaskChoices:
    """Return the values that tasks have, each once, in the order they came up."""
    tasks = list(workspace.records[TASKS])
    companies = {task.company: company_of(workspace, task) for task in tasks if task.company}
    assigned = {task.assignedTo: task.assignedToName for task in tasks if task.assignedTo}
    creators = {task.createdBy: task.createdByType for task in tasks if task.createdBy}
    collaborators = dict.fromkeys(one for task in tasks for one in task.collaborators)
    tags = dict.fromkeys(tag for task in tasks for tag in task.tags)
    return TaskChoices(
        company=[Choice(id=one, name=known.name if known else None) for one, known in companies.items()],
        assignedTo=[Choice(id=one, name=name, profile_photo=None) for one, name in assigned.items()],
        collaborators=[Choice(id=one, name=assigned.get(one), profile_photo=None) for one in collaborators],
        createdBy=[Choice(id=one, createdByType=kind, name=None) for one, kind in creators.items()],
        tags=[Choice(id=tag) for tag in tags],
    )
