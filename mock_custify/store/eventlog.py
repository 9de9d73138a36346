"""The events of a workspace in the order they arrived, found by person, company and deduplication id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.models import Event


class EventLog:
    """Events as they arrived; events that name nobody on record are kept as dropped."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self.of_person: dict[str, list[Event]] = {}
        self.of_company: dict[str, list[Event]] = {}
        self.deduplication_ids: set[str] = set()

    def __len__(self) -> int:
        """Return how many events there are, dropped ones included."""
        return len(self.all)

    def __iter__(self) -> Iterator[Event]:
        """Return the events, oldest arrival first."""
        return iter(self.all)

    def seen(self, deduplication_id: str | None) -> bool:
        """Tell whether an event with this deduplication id is on record."""
        return deduplication_id in self.deduplication_ids

    def add(self, event: Event) -> None:
        """Put an event on record."""
        self.all.append(event)
        if event.person:
            self.of_person.setdefault(event.person, []).append(event)
        if event.company:
            self.of_company.setdefault(event.company, []).append(event)
        if event.deduplication_id:
            self.deduplication_ids.add(event.deduplication_id)

    def copy(self) -> EventLog:
        """Return a copy that shares only the events, which are immutable."""
        twin = EventLog()
        twin.all = list(self.all)
        twin.of_person = {person: list(events) for person, events in self.of_person.items()}
        twin.of_company = {company: list(events) for company, events in self.of_company.items()}
        twin.deduplication_ids = set(self.deduplication_ids)
        return twin
