"""A message with its position in the archive, as it is given to the process that folds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct

from mock_custify.replay.archive.shapes import moment_of
from mock_custify.replay.fold.tally import Example, Seen

if TYPE_CHECKING:
    from mock_custify.replay.archive.row import Row

K = TypeVar("K")

EPOCH: Final = "1970-01-01T00:00:00.000Z"
TIMES: Final = ("receivedAt", "sentAt", "originalTimestamp", "timestamp")
SUPPORTED: Final = frozenset({"identify", "track", "group"})
LONGEST_TYPE: Final = 40
NO_TYPE: Final = "(no type)"


class Entry(Struct, frozen=True):
    """A message at its `position`; `moment` is when it came in, as far as it says so."""

    position: int
    file: str
    line: int
    moment: str
    message: Any
    settings: Any = None

    def note(self, found: dict[K, Seen], key: K, size: int) -> None:
        """Count the message under `key`, and keep it when it is the smallest example."""
        seen = found.get(key)
        if seen is None:
            found[key] = Seen(Example(size, self.position, self.file, self.line, self.message))
            return
        seen.count += 1
        if size < seen.example.size:
            seen.example = Example(size, self.position, self.file, self.line, self.message)


def entry_of(row: Row, position: int) -> Entry:
    """Return the entry of a row."""
    return Entry(
        position,
        row.place.file,
        row.place.line,
        row.received or moment_in(row.message),
        row.message,
        row.settings,
    )


def moment_in(message: Any) -> str:
    """Return the time that a message gives for itself, the first moment of all without one."""
    if isinstance(message, dict):
        for name in TIMES:
            if name in message and (moment := moment_of(message[name])):
                return moment
    return EPOCH


def day_of(moment: str) -> str:
    """Return the day of a moment, "" when nothing says it."""
    return "" if moment == EPOCH else moment[:10]


def type_of(message: Any) -> str:
    """Return the type of a message as a report names it."""
    kind = message.get("type") if isinstance(message, dict) else None
    if kind.__class__ is str and kind in SUPPORTED:
        return str(kind)
    return (kind.strip().lower()[:LONGEST_TYPE] if isinstance(kind, str) else "") or NO_TYPE


def is_ignored(message: Any) -> bool:
    """Tell whether Custify does not support the type of a message, such as page."""
    kind = type_of(message)
    return kind != NO_TYPE and kind not in SUPPORTED
