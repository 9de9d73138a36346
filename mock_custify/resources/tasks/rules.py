"""The rules about tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import UNSET, structs

from mock_custify.api.lists import field_reader, ordered
from mock_custify.errors import InvalidRequestError
from mock_custify.resources import checked
from mock_custify.resources.adding import place
from mock_custify.resources.comments.rules import forget_comments_on
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.people.rules import referred_person
from mock_custify.resources.tasks.company_and_person import LINKS, links_of, records_of
from mock_custify.resources.tasks.dynamic_fields import filled
from mock_custify.resources.tasks.filters import PRIORITIES, task_test
from mock_custify.resources.tasks.model import TASKS, ChecklistItem, Task
from mock_custify.resources.users import find_user

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mock_custify.api.filters.model import Sorting, TaskFilter
    from mock_custify.resources.checked import Check
    from mock_custify.resources.tasks.model import TaskBody, TaskPost, TaskPut
    from mock_custify.workspace.workspace import Workspace


def checklist(workspace: Workspace, name: str, items: Sequence[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Return a checklist with its users by internal id; raise InvalidRequestError."""
    return tuple(
        ChecklistItem(**checked.checked(workspace, item, checks_of(f"{name}[{index}]")))
        for index, item in enumerate(items)
    )


def checks_of(place: str) -> Mapping[str, Check]:
    """Return the checks of an item of a checklist, which is at `place`."""
    return {
        "assignedTo": lambda workspace, name, value: checked.user(workspace, f"{place}.{name}", value),
        "dueDate": lambda workspace, name, value: checked.date(workspace, f"{place}.{name}", value),
    }


CHECKS: Final[Mapping[str, Check]] = {
    "assignedTo": checked.user,
    "collaborators": checked.users,
    "checklist": checklist,
    "dueDate": checked.date,
    "tags": checked.tags_of("task"),
    "files": checked.files,
}


def create_task(workspace: Workspace, request: TaskPost) -> Task:
    """Create a task for a company; raise InvalidRequestError. Source: POST /task."""
    task = changed(workspace, Task(name=request.name, createdByType="api"), request)
    return add_task(workspace, task)


def update_task(workspace: Workspace, task_id: str, request: TaskPut) -> Task:
    """Write the fields of `request` over a task; raise InvalidRequestError. Source: PUT /task/{id}."""
    known = workspace.records[TASKS].get(task_id)
    if known is None:
        raise InvalidRequestError(f"there is no task with the id {task_id!r}")
    if request._id not in {UNSET, task_id}:  # noqa: SLF001 - the vendor's name
        raise InvalidRequestError(f"_id is {request._id!r}, but the path names the task {task_id!r}")  # noqa: SLF001
    task = structs.replace(changed(workspace, known, request), updated_at=workspace.clock.stamp())
    workspace.records[TASKS].put(task)
    return task


def changed(workspace: Workspace, known: Task, request: TaskBody) -> Task:
    """Return a task with the fields of `request` written over it; raise InvalidRequestError."""
    sent = checked.checked(workspace, request, CHECKS)
    sent.pop("_id", None)
    if not known.id or any(name in sent for name in LINKS):
        sent |= links_of(workspace, known, sent)
    task = structs.replace(known, **sent)
    task = with_status(workspace, task, task.status) if "status" in sent else task
    if sent.get("description"):
        company, person = records_of(workspace, task)
        task = structs.replace(task, description=filled(workspace, sent["description"], company, person))
    return assigned(workspace, task) if {"assignedTo", "assignedToCustomer"} & sent.keys() else task


def assigned(workspace: Workspace, task: Task) -> Task:
    """Return a task with the name and the email of the user whom it is assigned to."""
    user = find_user(workspace, task.assignedTo)
    return structs.replace(
        task,
        assignedTo=user.id if user else task.assignedTo,
        assignedToModel="User" if task.assignedTo else "Customer" if task.assignedToCustomer else None,
        assignedToName=user.name if user else None,
        assignedToEmail=user.email if user else None,
    )


@TASKS.adds
def add_task(workspace: Workspace, task: Task) -> Task:
    """Store a task under the company, the person and the user it names."""
    company = referred_company(workspace, task.company or task.company_id or "")
    person = referred_person(workspace, task.people or task.user_id or "")
    if company is not None:
        task = structs.replace(task, company=company.id, company_id=company.company_id)
    if person is not None:
        task = structs.replace(task, people=person.id, user_id=person.user_id)
    if find_user(workspace, task.assignedTo) is not None:
        task = assigned(workspace, task)
    return place(workspace, TASKS, task)


def with_status(workspace: Workspace, task: Task, status: str) -> Task:
    """Return the task in `status`: a task is completed when it becomes done, and only then."""
    done = status == "done"
    completed = (task.completedAt or workspace.clock.stamp()) if done else None
    return structs.replace(
        task, status=status, completedAt=completed, completedBy=task.completedBy if done else None
    )


def find_tasks(
    workspace: Workspace,
    filters: Sequence[TaskFilter],
    sorting: Sorting | None,
    search: str,
    external_id: str,
) -> list[Task]:
    """Return the tasks that meet every filter, have `search` in name or description, and the external id.

    An empty text asks for nothing. Raises InvalidRequestError.
    """
    test, text = task_test(filters, workspace.clock.now()), search.casefold()
    tasks = [task for task in workspace.records[TASKS] if external_id in {"", task.externalId}]
    found = [task for task in tasks if test(task) and mentions(task, text)]
    if sorting is not None and sorting.field == "priority":
        return ordered(found, sorting, lambda task: PRIORITIES.index(task.priority))
    return ordered(found, sorting, field_reader(Task)(sorting.field if sorting else ""))


def mentions(task: Task, text: str) -> bool:
    """Tell whether a text without case is in the name or the description of a task."""
    return text in task.name.casefold() or text in (task.description or "").casefold()


@TASKS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Delete the tasks of a deleted company with their comments, and remove a deleted person from tasks.

    A task that is for a person and no company is deleted with the person.
    """
    tasks = workspace.records[TASKS]
    for task in [one for one in tasks if record_id in {one.company, one.people}]:
        if task.people == record_id and task.company:
            tasks.put(structs.replace(task, people=None, user_id=None))
        else:
            tasks.remove(task)
            forget_comments_on(workspace, task.id)
