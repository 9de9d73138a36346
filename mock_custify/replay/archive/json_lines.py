"""Reads JSON lines: one value for each line, or several where a writer left out the end of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_transformer.javascript import NotJsonError, decode
from mock_custify.replay.archive.content import SNIFFED
from mock_custify.replay.archive.lines import BadLine, decoded, lines_of
from mock_custify.replay.archive.values import values_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.archive.lines import Numbered

OPENINGS: Final = (b"{", b"[", b",", b":")


def values_of_lines(chunks: Iterable[bytes]) -> Iterator[Numbered]:
    """Return (number, value) for each value of the lines; a BadLine where a line is not JSON."""
    for number, line in lines_of(chunks):
        if isinstance(line, BadLine):
            yield number, line
        elif line and not line.isspace():
            try:
                yield number, decoded(line)
            except NotJsonError as error:
                yield from ((number, value) for value in values_in(line, error))


def values_in(line: bytes, error: NotJsonError) -> list[object]:
    """Return the values that stand one after the other in a line, or a BadLine with the error."""
    values = [value for _, value in values_of_text([line])] if line.lstrip()[:1] == b"{" else []
    return values if values and not isinstance(values[0], BadLine) else [BadLine(f"is not JSON: {error}")]


def has_json_line(text: bytes) -> bool:
    """Tell whether one of the first lines is a JSON object, although the first is damaged."""
    return any(line.lstrip()[:1] == b"{" and is_json(line) for line in text.split(b"\n")[:100])


def has_lines(text: bytes) -> bool:
    """Tell whether a text has one value on each line, by its first two lines."""
    first, end, rest = text.partition(b"\n")
    first = first.strip()
    if not end:
        return len(text) < SNIFFED and is_json(first)
    second, whole, _ = rest.lstrip().partition(b"\n")
    if is_json(first):
        return not whole or not second.rstrip().endswith(OPENINGS)
    return first[:1] == b"{" and (is_json(second) or not first.endswith(OPENINGS))


def is_json(line: bytes) -> bool:
    """Tell whether a line is a JSON value."""
    try:
        decode(line)
    except NotJsonError:
        return False
    return True
