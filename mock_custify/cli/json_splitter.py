"""Reads JSON values from the lines of a text, without reading more than one of them."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import NotJsonError, decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|"|[\[\]{},]')
PAIRS: Final = {b"]": b"[", b"}": b"{"}
# What may come after the end of a line inside of an object or an array, by the last character of the line.
VALUE: Final = b'"{[-0123456789tfnNI'
NEXT: Final = {
    b"{": {b"{": b'"}', b",": b'"', b":": VALUE},
    b"[": {b"[": VALUE + b"]", b",": VALUE},
}
AFTER_VALUE: Final = {b"{": b",}:", b"[": b",]"}
ENDLESS: Final = "is not JSON: the value that begins on this line does not end"


@dataclass(frozen=True, slots=True)
class JsonPiece:
    """A value and the line that it begins in, in an array if `nested`; `error` says why there is none."""

    line: int
    value: Any = None
    error: str = ""
    nested: bool = False


class JsonSplitter:
    """Gathers lines until they are a whole value.

    In an array at the top, each element is a value. A value that turns out to be broken gives an error for
    its first line, and the lines after it are read again: one bad line costs no other.
    """

    def __init__(self) -> None:
        self.in_array = False
        self.pending: list[tuple[int, bytes]] = []
        self.open: list[bytes] = []

    def split(self, lines: Iterable[bytes | Exception]) -> Iterator[JsonPiece]:
        """Return the values of the lines, in order. An error in the place of a line ends them."""
        number = 0
        for number, line in enumerate(lines, 1):
            if isinstance(line, Exception):
                yield from self.end(number)
                yield JsonPiece(number, error=str(line))
                return
            yield from self.feed(number, line)
        yield from self.end(number)

    def end(self, number: int) -> Iterator[JsonPiece]:
        """Return what is wrong with what does not end, and the objects in the lines that it took with it."""
        if self.pending:
            (first, _), *rest = self.pending
            yield JsonPiece(first, error=ENDLESS)
            again = JsonSplitter()
            found = (piece for line in rest for piece in again.feed(*line))
            yield from (piece for piece in found if isinstance(piece.value, dict))
        elif self.in_array:
            yield JsonPiece(number, error="is not JSON: the array does not end")

    def feed(self, number: int, line: bytes) -> Iterator[JsonPiece]:
        """Return the values that end in a line."""
        todo = deque([(number, line)])
        while todo:
            number, line = todo.popleft()
            if not line.strip():
                continue
            if self.pending and not self.goes_on(line):
                (first, _), *rest = self.pending
                yield JsonPiece(first, error=ENDLESS)
                self.pending, self.open = [], []
                todo.extendleft([(number, line), *reversed(rest)])
            elif self.pending:
                yield from self.scan(number, line)
            elif (whole := self.read_whole(number, line)) is not None:
                yield whole
            else:
                yield from self.scan(number, line)

    def goes_on(self, line: bytes) -> bool:
        """Tell whether a line may follow what is gathered."""
        last, first = self.pending[-1][1].rstrip()[-1:], line.lstrip()[:1]
        if not self.open:
            return first in b",]"
        kind = self.open[-1]
        return first in NEXT[kind].get(last, AFTER_VALUE[kind])

    def read_whole(self, number: int, line: bytes) -> JsonPiece | None:
        """Return the value that a line is, in an array an element with its comma; None when it is no such."""
        try:
            value = decode(line.strip().removesuffix(b",") if self.in_array else line)
        except NotJsonError:
            return None
        return JsonPiece(number, value, nested=self.in_array)

    def scan(self, number: int, line: bytes) -> Iterator[JsonPiece]:
        """Return the values that end in a line that is not one whole value; keep what begins there."""
        start = 0
        for token in TOKEN.finditer(line):
            kind = token[0]
            if kind == b"[" and not (self.in_array or self.open or self.pending):
                self.in_array, start = True, token.end()
            elif kind in (b"[", b"{"):
                self.open.append(kind)
            elif kind in PAIRS and self.open:
                if self.open.pop() != PAIRS[kind]:
                    break
            elif kind in (b",", b"]") and self.in_array and not self.open:
                yield from self.cut(number, line[start : token.start()], nested=True)
                start, self.in_array = token.end(), kind == b","
            elif kind == b'"':
                break  # a text has to end in its line
        else:
            self.keep(number, line[start:])
            if self.open or self.in_array:
                return
            start = len(line)
        self.open = []
        yield from self.cut(number, line[start:], nested=self.in_array)

    def keep(self, number: int, rest: bytes) -> None:
        """Gather the beginning of a value."""
        if rest.strip():
            self.pending.append((number, rest))

    def cut(self, number: int, rest: bytes, *, nested: bool) -> Iterator[JsonPiece]:
        """Return the value that ends with `rest`."""
        self.keep(number, rest)
        if not self.pending:
            return
        first, text = self.pending[0][0], b"".join(line for _, line in self.pending)
        self.pending = []
        try:
            yield JsonPiece(first, decode(text), nested=nested)
        except NotJsonError as error:
            yield JsonPiece(first, error=f"is not JSON: {error}")
