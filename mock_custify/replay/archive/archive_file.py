"""A file of an archive, wherever it lies, and which files are no part of one."""

from __future__ import annotations

from dataclasses import dataclass
from io import SEEK_SET, RawIOBase
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable

IGNORED: Final = frozenset({"dummy-object.txt"})


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of an archive: its path as given, its size in bytes, and how to open it."""

    path: str
    size: int
    open: Callable[[], BinaryIO]


class WrappedFile(RawIOBase):
    """A file that does more while another one is read."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

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

    def close(self) -> None:
        """Close the file."""
        self.file.close()
        super().close()


def is_ignored(name: str) -> bool:
    """Tell whether a file or a folder is no part of an archive: hidden ones, and marks of the writer."""
    return name.startswith(".") or name in IGNORED or name == "_SUCCESS"
