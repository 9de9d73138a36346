"""Findings that are made while an archive is read, before any message is folded."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Final

from mock_custify.kinds import identifier
from mock_custify.replay.archive.row import Row, Unreadable
from mock_custify.replay.fold.entry import EPOCH, SUPPORTED, Entry, day_of, entry_of, type_of
from mock_custify.workspace.messages.integrations import is_selected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_UNREADABLE: Final = 100  # that a report names
MOST_WAITING: Final = 50_000  # hashes that wait in memory
PARTS: Final = 64  # files that stay open; with those of the archive fewer than the 256 of macOS
LATEST: Final = ":"  # sorts after every digit


@dataclass(slots=True)
class Survey:
    """What the archive holds: messages by (layout, whether rebuilt, day, type), and what is unreadable."""

    seen: Counter[tuple[str, bool, str, str]] = field(default_factory=Counter)
    unreadable: int = 0
    files: int = 0
    duplicates: int = 0
    left_out: int = 0
    problems: list[Unreadable] = field(default_factory=list)
    first: str = ""
    last: str = ""

    def note(self, entry: Entry, row: Row) -> None:
        """Count a message."""
        moment = entry.moment
        kind = type_of(entry.message)
        self.seen[row.layout, row.rebuilt, day_of(moment), kind] += 1
        if kind in SUPPORTED and "integrations" in entry.message:
            self.left_out += not is_selected(entry.message["integrations"])
        if moment > self.last and moment != EPOCH:
            self.last = moment
        if moment < (self.first or LATEST) and moment != EPOCH:
            self.first = moment

    def refuse(self, problem: Unreadable) -> None:
        """Count what could not be read."""
        self.unreadable += 1
        if len(self.problems) < MOST_UNREADABLE:
            self.problems.append(problem)


class MessageIds:
    """Counts repeated messageIds by their hashes of 64 bits, on the disk once they are many.

    There they are split by their last bits, so that one part at a time fits into memory.
    """

    def __init__(self) -> None:
        self.waiting = array("q")
        self.parts: list[IO[bytes]] = []
        self.count = 0

    def add(self, message: Any) -> None:
        """Take the messageId of a message."""
        found = message.get("messageId") if message.__class__ is dict else None
        if found.__class__ is not str:
            found = identifier(found)
        if found:
            self.waiting.append(hash(found))
            if len(self.waiting) >= MOST_WAITING:
                self.flush()

    def flush(self) -> None:
        """Write the data in memory to the parts."""
        self.parts = self.parts or [TemporaryFile() for _ in range(PARTS)]  # noqa: SIM115 - closed by close
        split = [array("q") for _ in range(PARTS)]
        for one in self.waiting:
            split[one % PARTS].append(one)
        for file, part in zip(self.parts, split, strict=True):
            part.tofile(file)
        self.count += len(self.waiting)
        del self.waiting[:]

    def repeated(self) -> int:
        """Return how many messages have a messageId that another message had before."""
        if not self.parts:
            return len(self.waiting) - len(set(self.waiting))
        self.flush()
        return self.count - sum(map(distinct_in, self.parts))

    def close(self) -> None:
        """Let go of the files."""
        for file in self.parts:
            file.close()


def distinct_in(file: IO[bytes]) -> int:
    """Return how many hashes of a part differ."""
    file.seek(0)
    return len(set(array("q", file.read())))


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
