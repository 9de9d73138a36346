"""Files that say how far they are read."""

from __future__ import annotations

from dataclasses import replace
from io import SEEK_SET, RawIOBase
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.replay.archive.files import ArchiveFile

    Note = Callable[[str, int], None]


class WatchedFile(RawIOBase):
    """A file that tells `note` how many bytes were read after each read."""

    def __init__(self, file: BinaryIO, note: Callable[[int], None]) -> None:
        self.file = file
        self.note = note
        self.done = 0

    def readable(self) -> bool:
        """Tell that the file can be read."""
        return True

    def seekable(self) -> bool:
        """Tell whether the file can be read in another order, as Parquet is."""
        return self.file.seekable()

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a place of the file."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place that is read next."""
        return self.file.tell()

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes."""
        count: int = self.file.readinto(buffer)  # type: ignore[attr-defined] # every opened file has it
        self.done += count
        self.note(self.done)
        return count

    def close(self) -> None:
        """Close the file."""
        self.file.close()
        super().close()


def watched(file: ArchiveFile, note: Note) -> ArchiveFile:
    """Return a file that tells `note` its path and how many bytes of it were read."""

    def open_watched() -> BinaryIO:
        return cast("BinaryIO", WatchedFile(file.open(), lambda done: note(file.path, done)))

    return replace(file, open=open_watched)
