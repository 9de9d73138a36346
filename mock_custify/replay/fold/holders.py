"""What a replay puts in place of parts of a workspace: they say what changes, and keep little."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from mock_custify.resources.associations.model import Associations
from mock_custify.resources.events.log import EventLog, wider
from mock_custify.values import read_date
from mock_custify.workspace.clock import Clock, Ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mock_custify.resources.events.model import Event

BITS: Final = 20  # ids that one message can make: more than fit into a body
SHORT: Final = 8  # letters of the prefix; the other 16 are a number


@dataclass(slots=True)
class PlacedIds(Ids):
    """Internal ids that say which message made them, so that they do not depend on who folds what."""

    short: str = ""

    def next(self) -> str:
        """Return a fresh id; ids sort in the order of the messages."""
        self.count += 1
        return f"{self.short}{self.count:016x}"

    def place(self, position: int) -> None:
        """Make the ids of the message at `position` from now on."""
        self.count = position << BITS


def free_prefix(used: Iterable[str]) -> str:
    """Return a prefix that no id in use has."""
    known = {one[:SHORT] for one in used}
    seeds = (
        blake2b(f"replay {seed}".encode(), digest_size=SHORT // 2).hexdigest()
        for seed in range(len(known) + 1)
    )
    return next(prefix for prefix in seeds if prefix not in known)


@dataclass(slots=True)
class MessageClock(Clock):
    """A clock that shows when the current message arrived."""

    text: str = "1970-01-01T00:00:00.000Z"

    def stamp(self) -> str:
        """Return the time of the message."""
        return self.text

    def now(self) -> datetime:
        """Return the time of the message, in UTC."""
        return read_date(self.text)


class PassingEvents(EventLog):
    """Events that are handed on instead of kept; `taken` is the event of the current message.

    With `spans_wanted` it is remembered when the events of each person and company happened, as the answers
    about them show it.
    """

    def __init__(self, known: EventLog, *, spans_wanted: bool) -> None:
        super().__init__()
        self.deduplication_ids = set(known.deduplication_ids)
        self.spans_wanted = spans_wanted
        self.taken: Event | None = None
        self.linked: dict[str, None] = {}
        if spans_wanted:
            self.spans = dict(known.spans)
            self.of_company = {company: events[-1:] for company, events in known.of_company.items()}

    def add(self, event: Event) -> None:
        """Take an event, and remember its deduplication id when it counts."""
        self.taken = event
        if event.deduplication_id and not event.dropped:
            self.deduplication_ids.add(event.deduplication_id)
        if not self.spans_wanted:
            return
        for linked in filter(None, (event.person, event.company)):
            self.spans[linked] = wider(self.spans.get(linked), event.created_at)
            self.linked[linked] = None
        if event.company:
            self.of_company[event.company] = [event]


class WatchedAssociations(Associations):
    """Associations that count the links that were added and removed."""

    def __init__(self, known: Associations) -> None:
        super().__init__()
        twin = known.copy()
        self.companies, self.people = twin.companies, twin.people
        self.added = self.removed = 0
        self.touched: set[str] = set()
        self.touched_companies: set[str] = set()

    def associate(self, person: str, company: str) -> None:
        """Link the two; a link that exists stays as it is."""
        if company not in self.companies_of(person):
            self.added += 1
            self.touched.add(person)
            self.touched_companies.add(company)
        super().associate(person, company)

    def dissociate(self, person: str, company: str) -> None:
        """Unlink the two; it is no error when they are not linked."""
        if company in self.companies_of(person):
            self.removed += 1
            self.touched.add(person)
            self.touched_companies.add(company)
            super().dissociate(person, company)
