"""The call that lists who belongs to a company."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import PageQuery
from mock_custify.resources.companies.rules import get_company
from mock_custify.resources.people import rules
from mock_custify.resources.people.model import Person, PersonAnswer
from mock_custify.values import DateText
from mock_custify.workspace import Workspace

associations = Blueprint("associations", __name__)


class Activity(Struct, kw_only=True):
    """When a person was last seen, and the number of sessions."""

    last_seen_at: DateText | None
    session_count: int | float | None


class CompanyPerson(Struct, kw_only=True):
    """A person of a company. Here the fields of the person are one level deeper than in other answers."""

    id: str
    _id: str
    details: PersonAnswer
    activity: Activity


class CompanyPeoplePage(Struct, kw_only=True):
    """One page of the people of a company, and the number of all of them."""

    people: list[CompanyPerson]
    total: int


@associations.get("/company/people/<company>")
@call(statuses=(400, 404))
def list_people_of_company(workspace: Workspace, company: str, query: PageQuery) -> list[CompanyPeoplePage]:
    """List the people of a company by its internal id, oldest first."""
    people = rules.people_of(workspace, get_company(workspace, company).id)
    shown = [company_person(workspace, person) for person in query.cut(people)]
    return [CompanyPeoplePage(people=shown, total=len(people))]


def company_person(workspace: Workspace, person: Person) -> CompanyPerson:
    """Return a person as the list of a company shows it."""
    details = rules.person_answer(workspace, person)
    activity = Activity(last_seen_at=details.last_seen_at, session_count=details.session_count)
    return CompanyPerson(id=person.id, _id=person.id, details=details, activity=activity)
