"""The calls about meetings."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, SortingQuery
from mock_custify.errors import InvalidRequestError
from mock_custify.resources.companies.rules import find_company
from mock_custify.resources.meetings import rules
from mock_custify.resources.meetings.model import Meeting
from mock_custify.resources.people.rules import find_person
from mock_custify.workspace import Workspace

meetings = Blueprint("meetings", __name__)


class MeetingQuery(SortingQuery, kw_only=True):
    """Which page of the meetings, of which company and person (by your ids), and in which order."""

    company_id: str | None = None
    user_id: str | None = None
    email: str | None = None


class MeetingsPage(Struct, kw_only=True):
    """One page of meetings, and the number of all meetings."""

    meetings: list[Meeting]
    total: int


@meetings.get("/calendar/meeting")
@call(statuses=(400,))
def list_meetings(workspace: Workspace, query: MeetingQuery) -> MeetingsPage:
    """List meetings, the latest first; an unknown company or person has none."""
    return page_of(workspace, query)


@meetings.get("/calendar/meeting/<entity_type>/<entity>")
@call(statuses=(400,))
def list_meetings_of_record(
    workspace: Workspace, entity_type: str, entity: str, query: MeetingQuery
) -> MeetingsPage:
    """List the meetings of a company or a person, the latest first; an unknown record has none."""
    if entity_type not in {"company", "people"}:
        raise InvalidRequestError(f"meetings are listed for company or people, not for {entity_type!r}")
    return page_of(workspace, query, **{entity_type: entity})


def page_of(
    workspace: Workspace, query: MeetingQuery, company: str | None = None, people: str | None = None
) -> MeetingsPage:
    """Return the asked page of meetings, of a company or a person by internal id when one is given."""
    companies: list[str | None] = [company] if company else []
    persons: list[str | None] = [people] if people else []
    if query.company_id:
        found = find_company(workspace, query.company_id)
        companies.append(found.id if found else None)
    if query.user_id or query.email:
        person = find_person(workspace, query.user_id, query.email)
        persons.append(person.id if person else None)
    matches = rules.find_meetings(workspace, companies, persons, query.asked_sorting())
    return MeetingsPage(meetings=query.cut(matches, LARGEST_OF_OTHERS), total=len(matches))
