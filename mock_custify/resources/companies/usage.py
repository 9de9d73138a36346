"""The rules about usage: what a company did, counted from its events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mock_custify.api.filters.grammar import day_in
from mock_custify.api.filters.periods import day_of
from mock_custify.api.lists import moment_key
from mock_custify.errors import InvalidRequestError
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.usage_model import DayCount, EventUsage, Usage
from mock_custify.resources.events.model import EVENTS
from mock_custify.values import read_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.companies.usage_model import UsageType
    from mock_custify.resources.events.model import Event
    from mock_custify.workspace.workspace import Workspace

    Dates = tuple[date | None, date | None]


def usage_of(
    workspace: Workspace, company: Company, kind: UsageType, event_name: str | None, dates: Dates
) -> Usage:
    """Return how often a company did what, from the first to the last day of `dates`, each open when None."""
    events = [
        event
        for event in events_of(workspace, company)
        if (not event_name or event.name == event_name) and lies_in(event, dates)
    ]
    names = sorted({event.name for event in events})
    return Usage(
        type=kind,
        event_name=event_name or None,
        count=len(events),
        frequency=frequency(events, dates),
        last_occurrence=last_occurrence(events),
        data=[usage_of_event(name, [one for one in events if one.name == name], dates) for name in names],
    )


def events_of(workspace: Workspace, company: Company) -> list[Event]:
    """Return the events that count for a company, each once.

    Those that name it, those of its people that name none, and those of the companies below it.
    """
    log = workspace.records[EVENTS]
    found: dict[str, Event] = {}
    for key in (company.id, *workspace.records[COMPANIES].below(company.id)):
        people = workspace.records[MEMBERSHIPS].people_of(key)
        theirs = (event for person in people for event in log.of_person.get(person, ()))
        found |= {event.id: event for event in log.of_company.get(key, ())}
        found |= {event.id: event for event in theirs if event.company_id is None}
    return list(found.values())


def usage_of_event(name: str, events: Sequence[Event], dates: Dates) -> EventUsage:
    """Return how one event was used; every day with an event is counted."""
    days = Counter(str(day_of(read_date(event.created_at))) for event in events)
    return EventUsage(
        event_name=name,
        count=len(events),
        frequency=frequency(events, dates),
        last_occurrence=last_occurrence(events),
        data=[DayCount(day, count) for day, count in sorted(days.items())],
    )


def lies_in(event: Event, dates: Dates) -> bool:
    """Tell whether an event happened from the first to the last day."""
    first, last = dates
    day = day_of(read_date(event.created_at))
    return (first is None or first <= day) and (last is None or day <= last)


def frequency(events: Sequence[Event], dates: Dates) -> float:
    """Return the events a day over `dates`; an open end is the day of the first or the last event."""
    days = [day_of(read_date(event.created_at)) for event in events]
    if not days:
        return 0.0
    first, last = dates[0] or min(days), dates[1] or max(days)
    return len(events) / ((last - first).days + 1)


def last_occurrence(events: Sequence[Event]) -> str | None:
    """Return when the last of the events happened, or None."""
    return max((event.created_at for event in events), key=moment_key, default=None)


def read_dates(first: str | None, last: str | None) -> Dates:
    """Return the days that a query names; raise InvalidRequestError."""
    for name, text in (("startDate", first), ("endDate", last)):
        if text is not None and day_in(text) is None:
            raise InvalidRequestError(f"{name}: {text!r} is not a date: send one such as 2026-01-31")
    return day_in(first), day_in(last)
