"""Splits a file into lines in chunks, however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.javascript import NotJsonError, decode
from mock_custify.api.request import is_deeper
from mock_custify.replay.archive.content import DamagedFileError
from mock_custify.replay.archive.row import MOST_BYTES, MOST_LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Numbered = tuple[int, Any]


class BadLine:
    """Stands for a line that is not JSON; `reason` says why."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


def lines_of(chunks: Iterable[bytes]) -> Iterator[tuple[int, bytes | BadLine]]:
    """Return each line with its number; a BadLine for one that is too long, and for the end of a cut file."""
    number, rest, skipped = 1, b"", False
    try:
        for chunk in chunks:
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                if not skipped:
                    yield number, line if len(line) <= MOST_BYTES else too_long()
                number, skipped = number + 1, False
            if len(rest) > MOST_BYTES:
                if not skipped:
                    yield number, too_long()
                rest, skipped = b"", True
    except DamagedFileError as error:
        yield number, BadLine(str(error))
        return
    if rest and not skipped:
        yield number, rest


def decoded(text: bytes) -> Any:
    """Return the value of a JSON text; raise NotJsonError, also for one that is nested too deeply."""
    value = decode(text)
    if is_deeper(text, MOST_LEVELS):
        raise NotJsonError(f"nested too deeply: at most {MOST_LEVELS} levels are read")
    return value


def too_long() -> BadLine:
    """Return the replacement of a line above the limit."""
    return BadLine(f"has more than {MOST_BYTES} bytes, the most that one message may have")
