"""Records by internal id, in the order of their creation, with look-ups and orders by other fields."""

from __future__ import annotations

from bisect import bisect_left, insort
from heapq import heappop, heappush
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

NEAR_START: Final = 1000


class Record(Protocol):
    """What a collection can hold: anything that knows its internal id."""

    @property
    def id(self) -> str:
        """Return the internal id."""
        ...


T = TypeVar("T", bound=Record)


class Bucket:
    """Records that share a value, by numbers that grow with their creation; the oldest is at hand.

    A single record needs no bucket: its id is stored instead.
    """

    __slots__ = ("live", "waiting")

    def __init__(self, live: dict[int, str]) -> None:
        self.live = live
        self.waiting = sorted(live)

    def add(self, number: int, record_id: str) -> None:
        """Put a record into the bucket."""
        self.live[number] = record_id
        heappush(self.waiting, number)

    def oldest(self) -> str | None:
        """Return the id of the record that was created first, or None."""
        while self.waiting and self.waiting[0] not in self.live:
            heappop(self.waiting)
        return self.live[self.waiting[0]] if self.waiting else None

    def copy(self) -> Bucket:
        """Return a copy that changes on its own."""
        return Bucket(dict(self.live))


class Collection(Generic[T]):
    """Records of one kind; a look-up by id or by a field does not depend on their number.

    `shared` gives for each name the function that reads the value records are found by, None for no value:
    of several the one created first is found. `order` reads what the default order of lists sorts by.
    """

    def __init__(
        self,
        *unique: str,
        shared: Mapping[str, Callable[[T], str | None]] | None = None,
        order: Callable[[T], float] | None = None,
    ) -> None:
        self.by_id: dict[str, T] = {}
        self.numbers: dict[str, int] = {}
        self.counter = count(1)
        self.indexes: dict[str, dict[str, str]] = {name: {} for name in unique}
        self.shared = shared or {}
        self.buckets: dict[str, dict[str, Bucket | str]] = {name: {} for name in self.shared}
        self.order = order
        self.ordered: list[tuple[float, int, str]] | None = None
        self.created: list[str] | None = None

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
        """Return the record whose field `name` is `value`, the oldest of several, or None."""
        if name in self.shared:
            held = self.buckets[name].get(value)
            record_id = held.oldest() if isinstance(held, Bucket) else held
        else:
            record_id = self.indexes[name].get(value)
        return None if record_id is None else self.by_id[record_id]

    def sharing(self, name: str, value: str) -> list[T]:
        """Return the records whose shared field `name` is `value`."""
        held = self.buckets[name].get(value)
        found = held.live.values() if isinstance(held, Bucket) else () if held is None else (held,)
        return [self.by_id[record_id] for record_id in found]

    def put(self, record: T) -> None:
        """Add the record, or replace the one with its id, and keep every look-up right."""
        known = self.by_id.get(record.id)
        for name, index in self.indexes.items():
            value = getattr(record, name)
            if known is not None and (old := getattr(known, name)) != value:
                index.pop(old, None)
            if value is not None:
                index[value] = record.id
        if known is None:
            self.numbers[record.id] = next(self.counter)
            if self.created is not None:
                self.created.append(record.id)
        for name, read in self.shared.items():
            old, new = None if known is None else read(known), read(record)
            if old != new:
                self.share(name, record.id, old, new)
        self.by_id[record.id] = record
        self.arrange(known, record)

    def share(self, name: str, record_id: str, old: str | None, new: str | None) -> None:
        """Move a record from those that share its old value to those that share its new one."""
        buckets, number = self.buckets[name], self.numbers[record_id]
        if old is not None:
            held = buckets[old]
            if isinstance(held, Bucket):
                del held.live[number]
            if not isinstance(held, Bucket) or not held.live:
                del buckets[old]
        if new is None:
            return
        if (held := buckets.setdefault(new, record_id)) is record_id:
            return
        if not isinstance(held, Bucket):
            held = buckets[new] = Bucket({self.numbers[held]: held})
        held.add(number, record_id)

    def arrange(self, known: T | None, record: T | None) -> None:
        """Keep the default order right, once it has been asked for."""
        if self.ordered is None:
            return
        if known is not None:
            place = self.place(known)
            if record is not None and self.place(record) == place:
                return
            del self.ordered[bisect_left(self.ordered, place)]
        if record is not None:
            insort(self.ordered, self.place(record))

    def place(self, record: T) -> tuple[float, int, str]:
        """Return what the default order sorts by: the value of `order`, then the creation."""
        return (self.order(record) if self.order else 0.0, self.numbers[record.id], record.id)

    def remove(self, record: T) -> None:
        """Take the record out of the collection and of every look-up."""
        self.arrange(record, None)
        for name, index in self.indexes.items():
            index.pop(getattr(record, name), None)
        for name, read in self.shared.items():
            if (old := read(record)) is not None:
                self.share(name, record.id, old, None)
        del self.by_id[record.id], self.numbers[record.id]
        self.created = None

    def page(self, start: int, stop: int) -> list[T]:
        """Return the records from `start` up to `stop` in the default order, oldest first without one.

        The first page puts the order at hand, which is then kept.
        """
        if self.order is not None:
            if self.ordered is None:
                self.ordered = sorted(map(self.place, self))
            return [self.by_id[record_id] for _, _, record_id in self.ordered[start:stop]]
        if self.created is None and start < NEAR_START:
            return list(islice(self.by_id.values(), start, stop))
        if self.created is None:
            self.created = list(self.by_id)
        return [self.by_id[record_id] for record_id in self.created[start:stop]]

    def copy(self) -> Collection[T]:
        """Return a copy that shares the records, which are immutable."""
        twin: Collection[Any] = Collection(shared=self.shared, order=self.order)
        twin.by_id, twin.numbers = dict(self.by_id), dict(self.numbers)
        twin.counter = count(max(self.numbers.values(), default=0) + 1)
        twin.indexes = {name: dict(index) for name, index in self.indexes.items()}
        twin.buckets = {
            name: {value: held if isinstance(held, str) else held.copy() for value, held in buckets.items()}
            for name, buckets in self.buckets.items()
        }
        twin.ordered = None if self.ordered is None else list(self.ordered)
        return twin
