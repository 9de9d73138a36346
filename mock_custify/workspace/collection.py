"""Records by internal id, in the order of their creation, with unique look-ups by other fields."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

NEAR_START: Final = 1000


class Record(Protocol):
    """What a collection can hold: anything that knows its internal id."""

    @property
    def id(self) -> str:
        """Return the internal id."""
        ...


T = TypeVar("T", bound=Record)


class Collection(Generic[T]):
    """Records of one kind; a look-up by id or by a unique field does not depend on their number."""

    def __init__(self, *unique: str) -> None:
        self.by_id: dict[str, T] = {}
        self.indexes: dict[str, dict[str, str]] = {name: {} for name in unique}
        self.order: list[str] | None = None

    def __len__(self) -> int:
        """Return how many records there are."""
        return len(self.by_id)

    def __iter__(self) -> Iterator[T]:
        """Return the records, oldest first."""
        return iter(self.by_id.values())

    def get(self, record_id: str) -> T | None:
        """Return the record of an internal id, or None."""
        return self.by_id.get(record_id)

    def find(self, name: str, value: str) -> T | None:
        """Return the record whose unique field `name` is `value`, or None."""
        record_id = self.indexes[name].get(value)
        return None if record_id is None else self.by_id[record_id]

    def put(self, record: T) -> None:
        """Add the record, or replace the one with its id, and keep every look-up right."""
        known = self.by_id.get(record.id)
        for name, index in self.indexes.items():
            value = getattr(record, name)
            if known is not None and (old := getattr(known, name)) != value:
                index.pop(old, None)
            if value is not None:
                index[value] = record.id
        self.by_id[record.id] = record
        if known is None and self.order is not None:
            self.order.append(record.id)

    def remove(self, record: T) -> None:
        """Take the record out of the collection and of every look-up."""
        del self.by_id[record.id]
        for name, index in self.indexes.items():
            index.pop(getattr(record, name), None)
        self.order = None

    def page(self, start: int, stop: int) -> list[T]:
        """Return the records from `start` up to `stop`, oldest first.

        The first deep page puts the order at hand, which stays right until a record is removed.
        """
        if self.order is None and start < NEAR_START:
            return list(islice(self.by_id.values(), start, stop))
        if self.order is None:
            self.order = list(self.by_id)
        return [self.by_id[record_id] for record_id in self.order[start:stop]]

    def copy(self) -> Collection[T]:
        """Return a copy that shares the records, which are immutable."""
        twin: Collection[T] = Collection()
        twin.by_id = dict(self.by_id)
        twin.indexes = {name: dict(index) for name, index in self.indexes.items()}
        return twin
