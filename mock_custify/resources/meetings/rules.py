"""The rules about meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.lists import newest_first
from mock_custify.resources.adding import place
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.meetings.model import MEETINGS, Meeting, Organizer
from mock_custify.resources.ordering import in_order
from mock_custify.resources.people.rules import referred_person
from mock_custify.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.api.filters.model import Sorting
    from mock_custify.workspace.workspace import Workspace


@MEETINGS.adds
def add_meeting(workspace: Workspace, meeting: Meeting) -> None:
    """Store a meeting of a state with the companies and people it names."""
    companies = ((one, referred_company(workspace, one)) for one in meeting.company)
    people = ((one, referred_person(workspace, one)) for one in meeting.people)
    meeting = structs.replace(
        meeting,
        company=tuple(known.id if known else one for one, known in companies),
        people=tuple(known.id if known else one for one, known in people),
        duration=seconds_of(meeting) if meeting.duration is None else round(meeting.duration),
        organizer=organizer_of(meeting),
    )
    place(workspace, MEETINGS, meeting)


def seconds_of(meeting: Meeting) -> int | None:
    """Return how long a meeting lasts, or None when its start or its end is open."""
    if not (meeting.startAt and meeting.endAt):
        return None
    return round((read_date(meeting.endAt) - read_date(meeting.startAt)).total_seconds())


def organizer_of(meeting: Meeting) -> Organizer | None:
    """Return who called a meeting; a text alone is an email when it has an @, else a name."""
    given = meeting.organizer
    if not isinstance(given, str):
        return given
    return Organizer(email=given) if "@" in given else Organizer(name=given)


def find_meetings(
    workspace: Workspace,
    companies: Iterable[str | None],
    people: Iterable[str | None],
    sorting: Sorting | None,
) -> list[Meeting]:
    """Return the meetings with each of the companies and people, the latest start first unless sorted.

    They are named by internal ids; None means a record that does not exist, which has no meetings.
    """
    wanted, others = set(companies), set(people)
    meetings = workspace.records[MEETINGS]
    found = [one for one in meetings if wanted.issubset(one.company) and others.issubset(one.people)]
    return in_order(newest_first(found, "startAt"), Meeting, sorting)


@MEETINGS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Remove a deleted person or company from meetings; delete meetings without other participants."""
    meetings = workspace.records[MEETINGS]
    for meeting in list(meetings):
        left = without(meeting, record_id)
        linked = record_id in (*meeting.company, *meeting.people)
        if linked and not (left.company or left.people):
            meetings.remove(meeting)
        elif left != meeting:
            meetings.put(left)


def without(meeting: Meeting, record_id: str) -> Meeting:
    """Return the meeting without a person or company."""
    return structs.replace(
        meeting,
        company=tuple(one for one in meeting.company if one != record_id),
        people=tuple(one for one in meeting.people if one != record_id),
        participants=tuple(one for one in meeting.participants if one.people != record_id),
    )
