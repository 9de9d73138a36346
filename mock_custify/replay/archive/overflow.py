"""Keeps the rows of files on the disk when more files overlap than should be open at once."""

from __future__ import annotations

from os import SEEK_END
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from msgspec import structs

from mock_custify.replay.archive.row import Place, Row, Unreadable
from mock_custify.replay.disk import read_value, write_value

if TYPE_CHECKING:
    from collections.abc import Iterator


class Overflow:
    """One file with the rows of many; it is made when the first rows come."""

    def __init__(self) -> None:
        self.file: IO[bytes] | None = None

    def moved(self, rows: Iterator[Row | Unreadable]) -> Iterator[Row | Unreadable]:
        """Return the same rows; none but the current one is in memory, and their own file is closed."""
        file = self.file = self.file or TemporaryFile()  # noqa: SIM115 - closed by close
        start = file.seek(0, SEEK_END)
        for row in rows:
            write_value(file, (structs.astuple(row.place), *structs.astuple(row)[1:]))
        return rows_at(file, start, file.tell())

    def close(self) -> None:
        """Let go of the file."""
        if self.file:
            self.file.close()


def rows_at(file: IO[bytes], start: int, end: int) -> Iterator[Row | Unreadable]:
    """Return the rows between two places of a file."""
    while start < end:
        file.seek(start)
        place, *rest = read_value(file)
        start = file.tell()
        yield Unreadable(Place(*place), *rest) if len(rest) == 1 else Row(Place(*place), *rest)
