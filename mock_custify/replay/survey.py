"""Findings that are made while an archive is read, before any message is folded."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from mock_custify.replay.archive.row import Row, Unreadable
from mock_custify.replay.fold.entry import Entry, day_of, entry_of, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_UNREADABLE: Final = 100  # that a report names
ROWS: Final = 5000


@dataclass(slots=True)
class Survey:
    """What the archive holds: messages by layout and by (day, type), rebuilt ones, what is unreadable."""

    messages: int = 0
    rebuilt: int = 0
    unreadable: int = 0
    layouts: Counter[str] = field(default_factory=Counter)
    files: int = 0
    duplicates: int = 0
    days: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[Unreadable] = field(default_factory=list)
    first: str = ""
    last: str = ""

    def note(self, entry: Entry, row: Row) -> None:
        """Count a message."""
        self.messages += 1
        self.layouts[row.layout] += 1
        self.rebuilt += row.rebuilt
        day = day_of(entry.moment)
        self.days[day, type_of(entry.message)] += 1
        if day:
            self.first = min(self.first or entry.moment, entry.moment)
            self.last = max(self.last, entry.moment)

    def refuse(self, problem: Unreadable) -> None:
        """Count what could not be read."""
        self.unreadable += 1
        if len(self.problems) < MOST_UNREADABLE:
            self.problems.append(problem)


class MessageIds:
    """Finds repeated messageIds; they are counted on the disk once they are many."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("")
        self.database.executescript(
            "PRAGMA cache_size=-8000; PRAGMA temp_store=FILE; CREATE TABLE ids (digest BLOB)"
        )
        self.waiting: list[tuple[bytes]] = []

    def add(self, message: Any) -> None:
        """Take the messageId of a message."""
        found = message.get("messageId") if isinstance(message, dict) else None
        if isinstance(found, str) and found:
            self.waiting.append((blake2b(found.encode("utf-8", "surrogatepass"), digest_size=16).digest(),))
            if len(self.waiting) >= ROWS:
                self.flush()

    def flush(self) -> None:
        """Write the data in memory."""
        self.database.executemany("INSERT INTO ids VALUES (?)", self.waiting)
        self.waiting.clear()

    def repeated(self) -> int:
        """Return how many messages have a messageId that another message had before."""
        self.flush()
        count, distinct = self.database.execute("SELECT count(*), count(DISTINCT digest) FROM ids").fetchone()
        self.database.close()
        return int(count - distinct)


def surveyed(
    rows: Iterable[Row | Unreadable],
    survey: Survey,
    ids: MessageIds,
    tell: Callable[[Row | Unreadable], None],
) -> Iterator[Entry]:
    """Return the messages of an archive by position, and count everything that comes by."""
    position = 0
    for row in rows:
        tell(row)
        if isinstance(row, Unreadable):
            survey.refuse(row)
            continue
        position += 1
        entry = entry_of(row, position)
        survey.note(entry, row)
        ids.add(row.message)
        yield entry
