"""The events of a workspace in the order they arrived, found by person, company and deduplication id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.resources.events.model import Event

    Span = tuple[str, str]


class EventLog:
    """Events as they arrived; events that name nobody on record are kept as dropped.

    `spans` holds for each person and company when its first and its last event happened.
    """

    def __init__(self) -> None:
        self.all: list[Event] = []
        self.of_person: dict[str, list[Event]] = {}
        self.of_company: dict[str, list[Event]] = {}
        self.spans: dict[str, Span] = {}
        self.deduplication_ids: set[str] = set()

    def __len__(self) -> int:
        """Return how many events there are, dropped ones included."""
        return len(self.all)

    def __iter__(self) -> Iterator[Event]:
        """Return the events, oldest arrival first."""
        return iter(self.all)

    def seen(self, deduplication_id: str | None) -> bool:
        """Tell whether an event with this deduplication id counts already; a dropped one does not."""
        return deduplication_id in self.deduplication_ids

    def add(self, event: Event) -> None:
        """Put an event on record."""
        self.all.append(event)
        for linked, events in ((event.person, self.of_person), (event.company, self.of_company)):
            if linked:
                events.setdefault(linked, []).append(event)
                self.spans[linked] = wider(self.spans.get(linked), event.created_at)
        if event.deduplication_id and not event.dropped:
            self.deduplication_ids.add(event.deduplication_id)

    def copy(self) -> EventLog:
        """Return a copy that shares only the events, which are immutable."""
        twin = EventLog()
        twin.all = list(self.all)
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
