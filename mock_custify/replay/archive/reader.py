"""Reads the messages of an archive in the order in which they came in.

Inside a file the order is that of the lines. Files whose times overlap are read side by side: a row comes as
late as the latest row before it in its own file. Files that say no time keep the order of their paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from mock_custify.replay.archive.content import (
    DAMAGED,
    OTHER_MARKS,
    PARQUET,
    SNIFFED,
    DamagedFileError,
    chunks_of,
    damage,
    unpacked,
)
from mock_custify.replay.archive.csv_rows import rows_of_csv
from mock_custify.replay.archive.json_lines import has_json_line, has_lines, values_of_lines
from mock_custify.replay.archive.lines import BadLine
from mock_custify.replay.archive.overflow import Overflow
from mock_custify.replay.archive.parquet import rows_of_parquet
from mock_custify.replay.archive.paths import layout_of, start_of, table_of, time_of
from mock_custify.replay.archive.row import Place, Row, Unreadable
from mock_custify.replay.archive.shapes import Shapes
from mock_custify.replay.archive.values import values_of_text

if TYPE_CHECKING:
    from io import BufferedReader

    from mock_custify.replay.archive.archive_file import ArchiveFile
    from mock_custify.replay.archive.lines import Numbered

Item: TypeAlias = Row | Unreadable
Rows: TypeAlias = Iterator[Item]
Open: TypeAlias = "tuple[str, int, OpenFile]"
WIDE: Final = re.compile(rb"[{\[]\0|\0{1,3}[{\[]")  # a bracket in more than one byte
CSV_LINE: Final = re.compile(rb"[^\x00-\x1f,]*,[^\x00-\x1f]*\r?(\n|$)")
MOST_OPEN: Final = 100  # files at once; each takes about 0.15 MB
LAST: Final = ("\U0010ffff", 0)


@dataclass(slots=True)
class OpenFile:
    """A file that is being read: the current row, and the latest time so far."""

    rows: Rows
    item: Item
    late: str

    def advance(self) -> bool:
        """Go to the next row; return False at the end."""
        item = next(self.rows, None)
        if item is None:
            return False
        self.item = item
        if isinstance(item, Row) and item.received > self.late:
            self.late = item.received
        return True


def read_rows(files: list[ArchiveFile]) -> Rows:
    """Return the rows of all files in the order in which they came in, and what cannot be read."""
    tables = frozenset(filter(None, (table_of(file.path) for file in files)))
    waiting = [(starts, number, file) for number, (starts, file) in enumerate(with_starts(files, tables))]
    waiting.sort(key=lambda one: one[:2], reverse=True)
    with closing(Overflow()) as overflow:
        yield from merged(waiting, tables, overflow)


def merged(waiting: list[tuple[str, int, ArchiveFile]], tables: frozenset[str], overflow: Overflow) -> Rows:
    """Return the rows of files, which wait with their start and their number, the last one first."""
    opened: list[Open] = []
    while waiting or opened:
        while waiting and (not opened or waiting[-1][:2] <= opened[0][:2]):
            start, number, file = waiting.pop()
            rows = rows_of(file, tables)
            current = OpenFile(rows if len(opened) < MOST_OPEN else overflow.moved(rows), FIRST, start)
            if current.advance():
                heappush(opened, (current.late, number, current))
        if opened:
            _, number, current = heappop(opened)
            until = min(opened[0][:2] if opened else LAST, waiting[-1][:2] if waiting else LAST)
            if until == LAST:
                yield current.item
                yield from current.rows
                return
            while True:
                yield current.item
                if not current.advance():
                    break
                if (current.late, number) >= until:
                    heappush(opened, (current.late, number, current))
                    break


def with_starts(files: list[ArchiveFile], tables: frozenset[str]) -> Iterator[tuple[str, ArchiveFile]]:
    """Return each file with its start: from its name, from its first row, or from the time in its path."""
    start = ""
    for file in files:
        first = start_of(file.path) or (first_received(file, tables) if len(files) > 1 else "")
        start = first or time_of(file.path) or start
        yield start, file


def first_received(file: ArchiveFile, tables: frozenset[str]) -> str:
    """Return when the first message of a file was received, "" when it does not say so."""
    rows = rows_of(file, tables)
    first = next(rows, None)
    rows.close()  # type: ignore[attr-defined] # it is a generator
    return first.received if isinstance(first, Row) else ""


def rows_of(file: ArchiveFile, tables: frozenset[str]) -> Rows:
    """Return the rows of one file, and what in it cannot be read."""
    try:
        with file.open() as raw, unpacked(raw) as content:
            yield from rows_of_content(file.path, content, tables)
    except DAMAGED as error:
        yield Unreadable(Place(file.path), damage(error))


def rows_of_content(path: str, content: BufferedReader, tables: frozenset[str]) -> Rows:
    """Return the rows of an opened file."""
    table = table_of(path)
    shapes = Shapes(layout_of(path), table, tables)
    for number, value in values_of(content, table):
        place = Place(path, number)
        if isinstance(value, BadLine):
            yield Unreadable(place, value.reason)
        else:
            yield from shapes.messages_in(value, place)
    yield from shapes.rest()


def values_of(content: BufferedReader, table: str) -> Iterator[Numbered]:
    """Return the values of a file in whatever form it has."""
    if content.peek(len(PARQUET))[: len(PARQUET)] == PARQUET:
        return rows_of_parquet(content)
    chunks = chunks_of(content)
    head = b""
    try:
        while len(head) < SNIFFED and (chunk := next(chunks, b"")):
            head += chunk
    except DamagedFileError as error:
        chunks = damaged_chunks(error)
    return values_by_head(head, with_head(head, chunks), table)


def with_head(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Return the chunks of a file, of which `head` has been read; it is not kept, because files are many."""
    if head:
        yield head
    del head
    yield from chunks


def damaged_chunks(error: DamagedFileError) -> Iterator[bytes]:
    """Return no chunk, and the error once the chunks before are read."""
    yield from ()
    raise error


def values_by_head(head: bytes, chunks: Iterator[bytes], table: str) -> Iterator[Numbered]:
    """Return the values of a text whose beginning is `head`."""
    text = head.lstrip()
    if head.startswith(OTHER_MARKS) or WIDE.match(text):
        return iter([(0, BadLine("is UTF-16 or UTF-32: save it as UTF-8"))])
    if text[:1] in (b"{", b"["):
        return values_of_lines(chunks) if has_lines(text) else values_of_text(chunks)
    if table and CSV_LINE.match(text):
        return rows_of_csv(chunks)
    if not text or has_json_line(text):
        return values_of_lines(chunks)
    return iter([(0, BadLine("is neither JSON nor Parquet"))])


FIRST: Final[Any] = None
