"""Reads messages from a file or stdin, in the forms that people have.

One JSON value a line, a JSON array, {"batch": [...]}, or values that go over several lines; also in gzip. A
line is read when it is needed: only a value that goes over several lines is gathered, in an array one element
at a time.
"""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

import click

from mock_custify.cli.json_splitter import JsonSplitter
from mock_custify.cli.terminal import exit_with
from mock_custify.state.json_file import BYTE_ORDER_MARK, UTF_16, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GZIP: Final = b"\x1f\x8b"
BINARY: Final = (b"PK\x03\x04", b"PAR1", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ", b"\x89PNG", b"%PDF")
UTF_16_HINT: Final = "is UTF-16: convert it, as in `iconv -f UTF-16 -t UTF-8`"
FORMS: Final = 'give JSON lines, a JSON array or {"batch": [...]}, plain or compressed with gzip'


@dataclass(frozen=True, slots=True)
class InputMessage:
    """A message and the line that it begins in; `error` says why there is none."""

    line: int
    value: Any = None
    error: str = ""


@contextmanager
def open_messages(path: str) -> Iterator[BinaryIO]:
    """Open the file at `path`, or stdin for "-"; end in one line and status 2 when it is no text."""
    name = "stdin" if path == "-" else path
    if path == "-" and sys.stdin is not None and sys.stdin.isatty():
        click.echo("reading messages from the terminal: one JSON message a line, Ctrl-D ends", err=True)
    with ExitStack() as stack:
        try:
            opened = sys.stdin.buffer if path == "-" else stack.enter_context(Path(path).open("rb"))
            file = buffered(opened)
            start = file.peek(512)
        except (OSError, ValueError) as error:
            exit_with(f"{name} cannot be read: {reason_of(error)}")
        if start.startswith(GZIP):
            file = buffered(cast("BinaryIO", gzip.GzipFile(fileobj=file)))
            start = first_bytes(name, file)
        refuse_other_than_text(name, start[:512])
        yield cast("BinaryIO", file)


def refuse_other_than_text(name: str, start: bytes) -> None:
    """End in one line and status 2 when a file that begins with `start` is not UTF-8."""
    if start.startswith(UTF_16) or max(start[::2].count(0), start[1::2].count(0)) > len(start) // 4 > 0:
        exit_with(f"{name} {UTF_16_HINT}")
    if b"\0" in start or start.startswith(BINARY):
        exit_with(f"{name} is a binary file: {FORMS}")


def buffered(file: BinaryIO) -> BufferedReader:
    """Return a file whose beginning can be looked at."""
    return file if isinstance(file, BufferedReader) else BufferedReader(cast("Any", file))


def first_bytes(name: str, file: BufferedReader) -> bytes:
    """Return the beginning of what is packed, nothing when that is damaged; the reading says so later.

    Without any packed data, the reading would find an empty file: end in one line and status 2.
    """
    try:
        return file.peek(512)
    except EOFError:
        exit_with(f"{name} cannot be read: the gzip data ends too early: the file is cut off")
    except (OSError, zlib.error):
        return b""


def read_messages(file: BinaryIO) -> Iterator[InputMessage]:
    """Return the messages of a file in order, each with its line; an error where there is not JSON."""
    for piece in JsonSplitter().split(lines_of(file)):
        if piece.error:
            yield InputMessage(piece.line, error=piece.error)
            continue
        for message in [piece.value] if piece.nested else messages_in(piece.value):
            yield InputMessage(piece.line, message)


def messages_in(value: Any) -> list[Any]:
    """Return the messages of a value: of an array, of a batch, or the value itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "type" not in value and isinstance(value.get("batch"), list):
        return list(value["batch"])
    return [value]


def lines_of(file: BinaryIO) -> Iterable[bytes | Exception]:
    """Return the lines of a file; the end of damaged gzip is an error in the place of a line."""
    try:
        yield file.readline().removeprefix(BYTE_ORDER_MARK)
        yield from file
    except EOFError:
        yield ValueError("is where the gzip data ends too early: the file is cut off")
    except (gzip.BadGzipFile, zlib.error) as error:
        yield ValueError(f"is where the gzip data is damaged: {error}")
    except OSError as error:
        yield ValueError(f"cannot be read: {os.strerror(error.errno) if error.errno else error}")
