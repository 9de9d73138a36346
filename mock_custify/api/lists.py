"""Lists as clients ask for them: filtered, ordered and cut into pages."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from mock_custify.values import find_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mock_custify.api.filters.model import Sorting

    Reader = Callable[[Any], Any]
    Condition = tuple[Reader, Callable[[Any], bool]]

T = TypeVar("T")


def matching(records: Iterable[T], conditions: Sequence[Condition]) -> list[T]:
    """Return the records that meet every one of `conditions`, in their order."""
    found = list(records)
    for read, test in conditions:
        found = [record for record in found if test(read(record))]
    return found


def ordered(records: Sequence[T], sorting: Sorting | None, read: Reader) -> list[T]:
    """Return the records in the requested order; records without a value come last in both directions.

    Numbers come before dates and dates before text; each kind is sorted by itself, which is fast.
    """
    if sorting is None:
        return list(records)
    kinds: list[list[tuple[Any, T]]] = [[], [], []]
    unknown = []
    for record in records:
        key = sort_key(read(record))
        if key is None:
            unknown.append(record)
        else:
            kinds[key[0]].append((key[1], record))
    descending = sorting.direction == "desc"
    for pairs in kinds:
        pairs.sort(key=itemgetter(0), reverse=descending)
    known = [record for pairs in (kinds[::-1] if descending else kinds) for _, record in pairs]
    return known + unknown


def sort_key(value: Any) -> tuple[int, Any] | None:
    """Return what kind a value is and what it sorts by, text without regard to case; None for no value."""
    if value is None or value in ("", [], (), {}):
        return None
    if isinstance(value, int | float):
        return 0, value
    if isinstance(value, list | tuple):
        return 2, ",".join(map(str, value)).casefold()
    text = str(value)
    moment = find_date(text) if text[:1].isdigit() else None
    return (1, moment) if moment else (2, text.casefold())


def newest_first(records: Iterable[T], name: str = "created_at") -> list[T]:
    """Return the records by the date in the field `name`, newest first; of two alike the later one first."""
    latest = list(records)[::-1]
    return sorted(latest, key=lambda record: moment_key(getattr(record, name)), reverse=True)


def moment_key(text: str | None) -> float:
    """Return a number that sorts as the date `text` does; a missing one is the oldest."""
    moment = find_date(text) if text else None
    return moment.timestamp() if moment else float("-inf")


def field_reader(kind: type[Any]) -> Callable[[str], Reader]:
    """Return the function that gives the reader of a field of records of a kind; an unknown field is null."""
    known = frozenset(kind.__struct_fields__)
    return lambda name: (lambda record: getattr(record, name)) if name in known else (lambda _record: None)
