"""Files that say how far they are read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from mock_custify.replay.archive.archive_file import WrappedFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.replay.archive.archive_file import ArchiveFile

    Note = Callable[[str, int], None]


class WatchedFile(WrappedFile):
    """A file that tells `note` how many bytes were read after each read."""

    def __init__(self, file: BinaryIO, note: Callable[[int], None]) -> None:
        super().__init__(file)
        self.note = note
        self.done = 0

    def readinto(self, buffer: Any) -> int:
        """Read the next bytes."""
        count: int = self.file.readinto(buffer)  # type: ignore[attr-defined] # every opened file has it
        self.done += count
        self.note(self.done)
        return count


def watched(file: ArchiveFile, note: Note) -> ArchiveFile:
    """Return a file that tells `note` its path and how many bytes of it were read."""

    def open_watched() -> BinaryIO:
        return cast("BinaryIO", WatchedFile(file.open(), lambda done: note(file.path, done)))

    return replace(file, open=open_watched)
