"""Reads the rows of CSV files whose first line names the columns."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import NotJsonError, decode
from mock_custify.replay.archive.lines import BadLine, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.archive.lines import Numbered

    Line = tuple[int, bytes | BadLine]

KNOWN_COLUMNS: Final = frozenset({"id", "user_id", "anonymous_id", "received_at", "sent_at", "event"})
TEXT_COLUMNS: Final = frozenset(
    {"id", "user_id", "anonymous_id", "group_id", "event", "event_text", "name", "email", "phone"}
)
NO_HEAD: Final = "is CSV without a line that names the columns: add one, or use the JSON load files"


class Lines:
    """The lines of a file as text. Those of the current row are kept, so that they can be read once more."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.source = lines_of(chunks)
        self.again: deque[Line] = deque()
        self.row: list[Line] = []

    def __iter__(self) -> Iterator[str]:
        """Return the lines up to one that cannot be read."""
        while (found := self.next_line()) is not None:
            self.row.append(found)
            yield decoded(found[1])

    def next_line(self) -> Line | None:
        """Return the next line, None at the end."""
        return self.again.popleft() if self.again else next(self.source, None)

    def go_back(self) -> None:
        """Read the lines after the first one of the current row once more."""
        self.again.extendleft(reversed(self.row[1:]))


def decoded(line: bytes | BadLine) -> str:
    """Return a line as text; raise csv.Error with the reason why it is lost."""
    if isinstance(line, BadLine):
        raise csv.Error(line.reason)
    try:
        return f"{line.decode()}\n"
    except UnicodeDecodeError as error:
        raise csv.Error("is not UTF-8") from error


def rows_of_csv(chunks: Iterable[bytes]) -> Iterator[Numbered]:
    """Return (number, row) for each row of a CSV file whose first line names the columns.

    RudderStack writes its load files without that line: they cannot be read, for the columns are unknown.
    """
    lines = Lines(chunks)
    head = next_row(lines) or []
    if isinstance(head, BadLine) or not KNOWN_COLUMNS & {name.lower() for name in head}:
        yield 1, head if isinstance(head, BadLine) else BadLine(NO_HEAD)
        return
    while (values := next_row(lines)) is not None:
        row = row_of(head, values)
        if isinstance(row, BadLine):
            lines.go_back()
        if row is not None:
            yield lines.row[0][0], row


def next_row(lines: Lines) -> list[str] | BadLine | None:
    """Return the cells of the next row, or why it is lost; None at the end."""
    lines.row = []
    try:
        return next(csv.reader(lines), None)
    except csv.Error as error:
        return BadLine(str(error))


def row_of(head: list[str], values: list[str] | BadLine) -> Any:
    """Return a row of a CSV file, None for a blank line; an empty cell holds nothing."""
    if isinstance(values, BadLine) or not values:
        return values or None
    if len(values) != len(head):
        return BadLine(f"has {len(values)} columns, the first line names {len(head)}")
    return {name: cell(name, value) for name, value in zip(head, values, strict=True) if value != ""}


def cell(name: str, text: str) -> Any:
    """Return the value of a cell: true, false and numbers are such, everything else is text."""
    if name.lower().removeprefix("context_traits_") in TEXT_COLUMNS:
        return text
    try:
        value = decode(text)
    except NotJsonError:
        return text
    return value if isinstance(value, bool | int | float) and str(value).lower() == text.lower() else text
