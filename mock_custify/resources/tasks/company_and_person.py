"""The company and the person that a task is for, as a body names them and as it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_custify.errors import InvalidRequestError
from mock_custify.resources import checked
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import find_company
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import find_person
from mock_custify.values import as_text

if TYPE_CHECKING:
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.people.model import Person
    from mock_custify.resources.tasks.model import Task
    from mock_custify.workspace.workspace import Workspace

LINKS: Final = ("company", "company_id", "people", "user_id")


def links_of(workspace: Workspace, known: Task, sent: dict[str, Any]) -> dict[str, str | None]:
    """Return the company and the person of a task, each by both ids; raise InvalidRequestError.

    A task with a person alone is one of the person's first company.
    """
    company, person = records_of(workspace, known)
    if "people" in sent or "user_id" in sent:
        person = named_person(workspace, sent)
    if "company" in sent or "company_id" in sent:
        company = named_company(workspace, sent)
    companies = workspace.records[MEMBERSHIPS].companies_of(person.id) if person else ()
    if company is None and companies:
        company = workspace.records[COMPANIES].by_id[companies[0]]
    if company is None:
        raise InvalidRequestError("company or company_id is required: a task is for a company")
    if person is not None and company.id not in companies:
        raise InvalidRequestError(f"the person {person.id!r} does not belong to the company {company.id!r}")
    return {
        "company": company.id,
        "company_id": company.company_id,
        "people": person.id if person else None,
        "user_id": person.user_id if person else None,
    }


def named_company(workspace: Workspace, sent: dict[str, Any]) -> Company:
    """Return the company that a body names: by internal id, else by company_id; raise InvalidRequestError."""
    if "company" in sent:
        return workspace.records[COMPANIES].by_id[checked.company(workspace, "company", sent["company"])]
    company = find_company(workspace, as_text(sent["company_id"]))
    if company is None:
        raise InvalidRequestError(f"there is no company with the company_id {sent['company_id']!r}")
    return company


def named_person(workspace: Workspace, sent: dict[str, Any]) -> Person | None:
    """Return the person that a body names: by internal id, else by user_id; None for null.

    Raises InvalidRequestError.
    """
    if sent.get("people") is not None:
        return workspace.records[PEOPLE].by_id[checked.person(workspace, "people", sent["people"])]
    if sent.get("user_id") is None:
        return None
    person = find_person(workspace, as_text(sent["user_id"]), None)
    if person is None:
        raise InvalidRequestError(f"there is no person with the user_id {sent['user_id']!r}")
    return person


def records_of(workspace: Workspace, task: Task) -> tuple[Company | None, Person | None]:
    """Return the company and the person of a task."""
    records = workspace.records
    return records[COMPANIES].get(task.company or ""), records[PEOPLE].get(task.people or "")
