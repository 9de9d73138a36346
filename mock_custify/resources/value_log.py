"""Values that companies had over time, and the newest one of each kind for each company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from mock_custify.api.lists import moment_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class DatedValue(Protocol):
    """What a log can hold: a value of a company, named by its internal id, at a date."""

    @property
    def id(self) -> str:
        """Return the internal id."""
        ...

    @property
    def company(self) -> str | None:
        """Return the internal id of the company."""
        ...

    @property
    def date(self) -> str:
        """Return the date of the value."""
        ...


V = TypeVar("V", bound=DatedValue)


class ValueLog(Generic[V]):
    """Values as they were stored; the field `kind` of a value says what it is a value of."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.by_id: dict[str, V] = {}
        self.newest: dict[str, dict[str, V]] = {}

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.by_id)

    def __iter__(self) -> Iterator[V]:
        """Return the values in the order in which they were stored."""
        return iter(self.by_id.values())

    def get(self, value_id: str) -> V | None:
        """Return the value of an internal id, or None."""
        return self.by_id.get(value_id)

    def newest_of(self, company: str) -> Mapping[str, V]:
        """Return the newest values of a company, by what they are values of."""
        return self.newest.get(company, {})

    def put(self, value: V) -> None:
        """Store a value; of two with the same date the later one counts."""
        self.by_id[value.id] = value
        values = self.newest.setdefault(value.company or "", {})
        kind = getattr(value, self.kind)
        known = values.get(kind)
        if known is None or moment_key(known.date) <= moment_key(value.date):
            values[kind] = value

    def forget(self, company: str) -> None:
        """Take every value of a company out."""
        if self.newest.pop(company, None):
            self.by_id = {key: value for key, value in self.by_id.items() if value.company != company}

    def copy(self) -> ValueLog[V]:
        """Return a copy that shares only the values, which are immutable."""
        twin: ValueLog[V] = ValueLog(self.kind)
        twin.by_id = dict(self.by_id)
        twin.newest = {company: dict(values) for company, values in self.newest.items()}
        return twin
