"""Opens a file by its content: gzip is unpacked whatever the name says, and a BOM is dropped."""

from __future__ import annotations

import zlib
from contextlib import ExitStack, contextmanager
from gzip import BadGzipFile, GzipFile
from io import BufferedReader
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 16 * 1024  # small, because files whose times overlap are open at the same time
SNIFFED: Final = 64 * 1024
GZIP: Final = b"\x1f\x8b"
PARQUET: Final = b"PAR1"
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
OTHER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
DAMAGED: Final = (EOFError, BadGzipFile, zlib.error, OSError)
MOST_WRAPPED: Final = 3


class DamagedFileError(Exception):
    """The file ends too early or holds noise; the text says what is wrong with it."""


class Unzipped(GzipFile):
    """A gzip file that returns all data before a damaged part."""

    def readinto(self, buffer: Any) -> int:
        """Read what one step of unpacking gives; GzipFile collects several and loses them at a damage."""
        data = self.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def unpacked(file: BinaryIO) -> Iterator[BufferedReader]:
    """Open `file` with gzip around its content taken away, also gzip inside gzip."""
    with ExitStack() as stack:
        opened = stack.enter_context(buffered(file))
        for _ in range(MOST_WRAPPED):
            if opened.peek(len(GZIP))[: len(GZIP)] != GZIP:
                break
            inner = Unzipped(filename="", mode="rb", fileobj=opened)
            opened = stack.enter_context(buffered(cast("BinaryIO", inner)))
        yield opened


def buffered(file: BinaryIO) -> BufferedReader:
    """Return `file` with a buffer that can be looked into."""
    return BufferedReader(file, CHUNK)  # type: ignore[arg-type] # every opened file can be read into


def chunks_of(file: BufferedReader) -> Iterator[bytes]:
    """Return the content in chunks, without a byte order mark; raise DamagedFileError after what is whole."""
    first = True
    while True:
        try:
            chunk = file.read1(CHUNK)
        except DAMAGED as error:
            raise DamagedFileError(damage(error)) from error
        if not chunk:
            return
        yield chunk.removeprefix(BYTE_ORDER_MARK) if first else chunk
        first = False


def damage(error: Exception) -> str:
    """Return what an error says about a file."""
    if isinstance(error, EOFError):
        return "is a gzip file that is cut off: only whole messages were read"
    if isinstance(error, BadGzipFile | zlib.error):
        return f"is a damaged gzip file ({error}): only the messages before the damage were read"
    return f"cannot be read: {getattr(error, 'strerror', None) or error}"
