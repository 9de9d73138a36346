"""The rules about who belongs to which company."""

from __future__ import annotations

from msgspec import structs

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.associations.model import MEMBERSHIPS, Membership
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import find_company
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import find_person
from mock_custify.values import named
from mock_custify.workspace.workspace import Workspace


@MEMBERSHIPS.adds
def add_membership(aside: Workspace, entry: Membership) -> None:
    """Link a person and a company of a state.

    Of people who share an email and have no user_id, the entry may mean one who is linked already.
    """
    user_id, email = named(entry.user_id), named(entry.email)
    person = find_person(aside, user_id, email)
    company = find_company(aside, named(entry.company_id) or "")
    if person is None or company is None:
        raise InvalidRequestError(f"{structs.asdict(entry)} names a record that is not in the state")
    links = aside.records[MEMBERSHIPS]
    meant = aside.records[PEOPLE].sharing("email_alone", email) if email and not user_id else ()
    if not any(company.id in links.companies_of(one.id) for one in meant):
        links.associate(person.id, company.id)


@MEMBERSHIPS.shows
def memberships(workspace: Workspace) -> list[dict[str, str | None]]:
    """Return who belongs to which company, as {"user_id", "email", "company_id"}, the oldest person first."""
    records = workspace.records
    return [
        {
            "user_id": person.user_id,
            "email": person.email,
            "company_id": records[COMPANIES].by_id[company].company_id,
        }
        for person in records[PEOPLE]
        for company in records[MEMBERSHIPS].companies_of(person.id)
    ]


@MEMBERSHIPS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Drop every link of a deleted person or company."""
    workspace.records[MEMBERSHIPS].forget_person(record_id)
    workspace.records[MEMBERSHIPS].forget_company(record_id)
