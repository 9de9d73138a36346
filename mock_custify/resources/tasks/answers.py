"""Tasks as answers show them, and the values to filter them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.lifecycles.model import LIFECYCLES
from mock_custify.resources.playbooks.model import PLAYBOOKS
from mock_custify.resources.tasks.model import (
    TASKS,
    Choice,
    Collaborator,
    CompanyOfTask,
    Task,
    TaskAnswer,
    TaskChoices,
)
from mock_custify.resources.users import USERS, find_user

if TYPE_CHECKING:
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace


NAMED: Final[tuple[Section[Any], ...]] = (COMPANIES, USERS, PLAYBOOKS, LIFECYCLES)


def task_answer(workspace: Workspace, task: Task, *, enhanced: bool = False) -> TaskAnswer:
    """Return a task as an answer shows it, with its company in short when it is `enhanced`."""
    users = [user for one in task.collaborators if (user := find_user(workspace, one))]
    return TaskAnswer(
        **structs.asdict(task),
        collaboratorsDetailed=[Collaborator(user.id, user.name or user.email, user.email) for user in users],
        completedByName=name_of(workspace, task.completedBy) if task.completedBy else None,
        companyDetails=company_of(workspace, task) if enhanced else None,
    )


def company_of(workspace: Workspace, task: Task) -> CompanyOfTask | None:
    """Return the company of a task in short, or None."""
    company = workspace.records[COMPANIES].get(task.company or "")
    return CompanyOfTask(company.id, company.company_id, company.name) if company else None


def task_choices(workspace: Workspace) -> TaskChoices:
    """Return the values that tasks have, each once, in the order they came up."""
    tasks = list(workspace.records[TASKS])
    companies = dict.fromkeys(task.company for task in tasks if task.company)
    assigned = {task.assignedTo: task.assignedToName for task in tasks if task.assignedTo}
    creators = {task.createdBy: task.createdByType for task in tasks if task.createdBy}
    collaborators = dict.fromkeys(one for task in tasks for one in task.collaborators)
    tags = dict.fromkeys(tag for task in tasks for tag in task.tags)
    people = {one: assigned.get(one) or name_of(workspace, one) for one in [*assigned, *collaborators]}
    return TaskChoices(
        company=[Choice(id=one, name=name_of(workspace, one)) for one in companies],
        assignedTo=[Choice(id=one, name=people[one], profile_photo=None) for one in assigned],
        collaborators=[Choice(id=one, name=people[one], profile_photo=None) for one in collaborators],
        createdBy=[
            Choice(id=one, name=name_of(workspace, one), createdByType=kind) for one, kind in creators.items()
        ],
        tags=[Choice(id=tag) for tag in tags],
    )


def name_of(workspace: Workspace, record_id: str) -> str:
    """Return the name of a company, a user, a playbook or a lifecycle; its id when it has none."""
    for section in NAMED:
        known = workspace.records[section].get(record_id)
        if known is not None:
            return known.name or record_id
    return record_id
