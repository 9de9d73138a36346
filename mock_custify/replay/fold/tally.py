"""What a replay counts. Two tallies can be put together, in any order, with the same result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NAMES = 20  # names of people and companies that a report lists


@dataclass(order=True, slots=True)
class Example:
    """A message that shows something; the smallest is shown, of several the first."""

    size: int
    position: int
    file: str = field(compare=False)
    line: int = field(compare=False)
    message: Any = field(compare=False)


@dataclass(slots=True)
class Seen:
    """How often something was seen, and the smallest example of it."""

    example: Example
    count: int = 1

    def merge(self, other: Seen) -> None:
        """Take in what was seen elsewhere."""
        self.count += other.count
        self.example = min(self.example, other.example)


@dataclass(slots=True)
class FieldSeen:
    """A custom field: where it came first and with which type, and how often its values had which type.

    `personal` counts the values that look like personal data, by what they look like.
    """

    first: tuple[int, int]
    type: str
    types: Counter[str] = field(default_factory=Counter)
    personal: Counter[str] = field(default_factory=Counter)

    def merge(self, other: FieldSeen) -> None:
        """Take in what was seen elsewhere."""
        if other.first < self.first:
            self.first, self.type = other.first, other.type
        self.types += other.types
        self.personal += other.personal


@dataclass(slots=True)
class Race:
    """Two users who wrote different values to a field of a company; of several pairs the closest in time.

    `seconds` lie between the two writes.
    """

    seconds: float
    position: int
    values: tuple[Any, Any]
    users: tuple[str, str]
    places: tuple[tuple[str, int], tuple[str, int]]
    count: int = 1

    def merge(self, other: Race) -> None:
        """Take in a race for the same field."""
        count = self.count + other.count
        if (other.seconds, other.position) < (self.seconds, self.position):
            self.seconds, self.position = other.seconds, other.position
            self.values, self.users, self.places = other.values, other.users, other.places
        self.count = count


@dataclass(slots=True)
class Names:
    """How many records there are, and the names of the first of them, by their order."""

    count: int = 0
    first: list[tuple[str, str]] = field(default_factory=list)

    def add(self, order: str, name: str) -> None:
        """Count a record."""
        self.count += 1
        if len(self.first) < MOST_NAMES or (order, name) < self.first[-1]:
            self.first = sorted([*self.first, (order, name)])[:MOST_NAMES]

    def merge(self, other: Names) -> None:
        """Take in the records counted elsewhere."""
        self.count += other.count
        self.first = sorted([*self.first, *other.first])[:MOST_NAMES]


@dataclass(slots=True)
class Tally:
    """What the folding of some messages came to.

    `statuses` counts messages by (type, status); `rows` counts links by (row of the association table,
    "added" or "removed"); `difference` counts by (kind of record, "gained", "lost" or "changed"), `causes`
    the same by (cause, kind, word).
    """

    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    call_days: Counter[str] = field(default_factory=Counter)
    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    difference: Counter[tuple[str, str]] = field(default_factory=Counter)
    causes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    refusals: dict[str, Seen] = field(default_factory=dict)
    limits: dict[str, Seen] = field(default_factory=dict)
    unknown_people: dict[str, Seen] = field(default_factory=dict)
    divergences: dict[str, Seen] = field(default_factory=dict)
    changes: dict[str, Seen] = field(default_factory=dict)
    fields: dict[tuple[str, str], FieldSeen] = field(default_factory=dict)
    races: dict[tuple[str, str], Race] = field(default_factory=dict)
    names: dict[tuple[str, str], Names] = field(default_factory=dict)

    def merge(self, other: Tally) -> None:
        """Take in a tally of other messages."""
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                merge_all(mine, theirs.items())


def merge_all(mine: dict[Any, Any], theirs: Iterable[tuple[Any, Any]]) -> None:
    """Put each of `theirs` into `mine`, together with the one of its key."""
    for key, value in theirs:
        if key in mine:
            mine[key].merge(value)
        else:
            mine[key] = value
