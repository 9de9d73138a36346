"""The rules about meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.lists import newest_first
from mock_custify.resources.adding import place
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.meetings.model import MEETINGS
from mock_custify.resources.people.rules import referred_person
from mock_custify.values import read_date

if TYPE_CHECKING:
    from mock_custify.resources.meetings.model import Meeting
    from mock_custify.workspace.workspace import Workspace


@MEETINGS.adds
def add_meeting(workspace: Workspace, meeting: Meeting) -> None:
    """Put a meeting of a state on record with the companies and people it names."""
    companies = ((one, referred_company(workspace, one)) for one in meeting.company)
    people = ((one, referred_person(workspace, one)) for one in meeting.people)
    meeting = structs.replace(
        meeting,
        company=tuple(known.id if known else one for one, known in companies),
        people=tuple(known.id if known else one for one, known in people),
        duration=seconds_of(meeting) if meeting.duration is None else meeting.duration,
    )
    place(workspace, MEETINGS, meeting)


def seconds_of(meeting: Meeting) -> float | None:
    """Return how long a meeting lasts, or None when its start or its end is open."""
    if not (meeting.startAt and meeting.endAt):
        return None
    return (read_date(meeting.endAt) - read_date(meeting.startAt)).total_seconds()


def find_meetings(workspace: Workspace, company: str | None = None) -> list[Meeting]:
    """Return the meetings of a company by its internal id, of all for None; the latest start first."""
    meetings = workspace.records[MEETINGS]
    return newest_first((one for one in meetings if company is None or company in one.company), "startAt")
