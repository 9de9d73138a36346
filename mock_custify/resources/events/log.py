"""The events of a workspace in the order they arrived, found by person, company and deduplication id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.resources.events.model import Event

    Span = tuple[str, str]


class EventLog:
    """Events as they arrived; events without an existing person or company are kept as dropped.

    `spans` holds for each person and company when its first and its last event happened.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Event] = {}
        self.of_person: dict[str, list[Event]] = {}
        self.of_company: dict[str, list[Event]] = {}
        self.spans: dict[str, Span] = {}
        self.deduplication_ids: set[str] = set()

    def __len__(self) -> int:
        """Return how many events there are, dropped ones included."""
        return len(self.by_id)

    def __iter__(self) -> Iterator[Event]:
        """Return the events, oldest arrival first."""
        return iter(self.by_id.values())

    def __reversed__(self) -> Iterator[Event]:
        """Return the events, newest arrival first."""
        return reversed(self.by_id.values())

    def newest(self) -> Event | None:
        """Return the event that arrived last, or None."""
        return next(reversed(self), None)

    def seen(self, deduplication_id: str | None) -> bool:
        """Tell whether an event with this deduplication id counts already; a dropped one does not."""
        return deduplication_id in self.deduplication_ids

    def add(self, event: Event) -> None:
        """Store an event."""
        self.by_id[event.id] = event
        for linked, events in ((event.person, self.of_person), (event.company, self.of_company)):
            if linked:
                events.setdefault(linked, []).append(event)
                self.spans[linked] = wider(self.spans.get(linked), event.created_at)
        if event.deduplication_id and not event.dropped:
            self.deduplication_ids.add(event.deduplication_id)

    def forget(self, record_id: str) -> None:
        """Take out every event of a person or a company, by its internal id."""
        gone = [*self.of_person.pop(record_id, ()), *self.of_company.pop(record_id, ())]
        self.spans.pop(record_id, None)
        for event in gone:
            self.by_id.pop(event.id, None)
            self.deduplication_ids.discard(event.deduplication_id or "")
        for linked, events in ((one, self.of_person) for one in {event.person for event in gone}):
            self.keep_others(linked, events)
        for linked, events in ((one, self.of_company) for one in {event.company for event in gone}):
            self.keep_others(linked, events)

    def keep_others(self, linked: str | None, events: dict[str, list[Event]]) -> None:
        """Keep the events of a person or a company that are still stored, and when they happened."""
        if linked is None or linked not in events:
            return
        events[linked] = [event for event in events[linked] if event.id in self.by_id]
        self.spans.pop(linked, None)
        for event in events[linked]:
            self.spans[linked] = wider(self.spans.get(linked), event.created_at)

    def copy(self) -> EventLog:
        """Return a copy that shares only the events, which are immutable."""
        twin = EventLog()
        twin.by_id = dict(self.by_id)
        twin.of_person = {person: list(events) for person, events in self.of_person.items()}
        twin.of_company = {company: list(events) for company, events in self.of_company.items()}
        twin.spans = dict(self.spans)
        twin.deduplication_ids = set(self.deduplication_ids)
        return twin


def wider(span: Span | None, text: str) -> Span:
    """Return the first and the last date of `span` and `text`."""
    if span is None:
        return text, text
    moment = read_date(text)
    first, last = span
    return (text if moment < read_date(first) else first, text if moment > read_date(last) else last)
