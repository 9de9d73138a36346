"""Which time entries a list shows. Source: vendor's API description, section 26."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import msgspec

from mock_custify.api.paging import SortingQuery
from mock_custify.resources import checked
from mock_custify.resources.companies.rules import find_company
from mock_custify.resources.people.rules import find_person
from mock_custify.resources.time_tracks.model import TIME_TRACKS
from mock_custify.resources.users import find_user
from mock_custify.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.resources.time_tracks.model import TimeTrack
    from mock_custify.workspace.workspace import Workspace

DAY_LENGTH = len("2026-01-31")


class TimeTrackQuery(SortingQuery, kw_only=True):
    """The page, the filters and the order of a list of time entries; an empty parameter is ignored.

    `tags` are internal ids, separated by commas or as a JSON array; an entry needs one of them.
    """

    company: str = ""
    company_id: str = ""
    people: str = ""
    user_id: str = ""
    email: str = ""
    tags: str = ""
    start_date: str = ""
    end_date: str = ""
    user: str = ""


def find_entries(workspace: Workspace, asked: TimeTrackQuery) -> list[TimeTrack]:
    """Return the requested time entries, in the order they were made; raise InvalidRequestError."""
    wanted = list(conditions(workspace, asked))
    since, until = ends_of(asked)
    return [
        entry
        for entry in workspace.records[TIME_TRACKS]
        if all(not ids.isdisjoint(values_of(entry, name)) for name, ids in wanted)
        and since <= read_date(entry.startDate) <= until
    ]


def values_of(entry: TimeTrack, name: str) -> tuple[Any, ...]:
    """Return what an entry has in a field, as a list."""
    value = getattr(entry, name)
    return value if isinstance(value, tuple) else (value,)


def conditions(workspace: Workspace, asked: TimeTrackQuery) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each field that is asked for, and the ids of which it has to hold one."""
    if asked.company:
        yield "company", frozenset({asked.company})
    if asked.company_id:
        yield "company", ids_of(find_company(workspace, asked.company_id))
    if asked.people:
        yield "people", frozenset({asked.people})
    if asked.user_id or asked.email:
        yield "people", ids_of(find_person(workspace, asked.user_id, asked.email))
    if asked.user:
        yield "user", ids_of(find_user(workspace, asked.user))
    if asked.tags:
        yield "tags", frozenset(tags_in(asked.tags))


def ids_of(record: Any) -> frozenset[str]:
    """Return the id of a record, none for None."""
    return frozenset({record.id} if record else ())


def tags_in(text: str) -> list[str]:
    """Return the ids in a query parameter: a JSON array, or with commas between them."""
    try:
        return msgspec.json.decode(text, type=list[str])
    except msgspec.MsgspecError:
        return [one.strip() for one in text.split(",")]


def ends_of(asked: TimeTrackQuery) -> tuple[datetime, datetime]:
    """Return the first and the last moment at which an entry may start; raise InvalidRequestError.

    A date without a time is a whole day.
    """
    since, until = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    if asked.start_date:
        since = read_date(checked.date_text("start_date", asked.start_date))
    if asked.end_date:
        until = read_date(checked.date_text("end_date", asked.end_date))
        if len(asked.end_date) == DAY_LENGTH:
            until = datetime.combine(until, time.max, UTC)
    return since, until
