"""The part of a JSON text that is in memory, and the way on after a damaged value."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Final

from mock_custify.replay.archive.content import DamagedFileError
from mock_custify.replay.archive.lines import BadLine
from mock_custify.replay.archive.row import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

OBJECT_ON_A_LINE: Final = re.compile(r"\n([^\S\n]*),?[^\S\n]*(?=\{)")
OPENING: Final = re.compile(r"[{\[]")
TOKEN: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|[{}\[\]]", re.DOTALL)


class Window:
    """The part of a text that is in memory, and the number of its first line."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self.text = ""
        self.at = 0
        self.line = 1
        self.indent = 0
        self.ended = False
        self.damage = ""

    def more(self) -> bool:
        """Read the next chunk; return False at the end. The chunks grow with the data in memory."""
        if self.ended:
            return False
        wanted, parts = max(len(self.text) - self.at, 1), [self.text[self.at :]]
        self.line += self.text.count("\n", 0, self.at)
        self.indent = self.column()
        while wanted > 0 and not self.ended:
            part = self.next_part()
            parts.append(part)
            wanted -= len(part)
        self.text, self.at = "".join(parts), 0
        return True

    def next_part(self) -> str:
        """Return the text of the next chunk, "" at the end."""
        try:
            chunk = next(self.chunks, None)
        except DamagedFileError as error:
            chunk, self.damage = None, str(error)
        self.ended = chunk is None
        return self.decoder.decode(chunk or b"", final=self.ended)

    def number(self) -> int:
        """Return the number of the line that is read now."""
        return self.line + self.text.count("\n", 0, self.at)

    def column(self) -> int:
        """Return how many characters of the line are before the current one."""
        begin = self.text.rfind("\n", 0, self.at) + 1
        return self.at - begin if begin else self.indent + self.at

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Go past what `pattern` matches and return the character there, "" at the end."""
        while True:
            self.at = found.end() if (found := pattern.match(self.text, self.at)) else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""


def lost(window: Window, reason: str) -> BadLine:
    """Go past a damaged value, to its end or to the next object on a line, and return why it is lost.

    An object on a line that is indented more is a part of the damaged value.
    """
    column, begin, whole = window.column(), window.at + 1, True
    while True:
        line = next_line(window, begin, column)
        if end := (end_of(window, line) if whole else 0) or line:
            window.at = end
            return BadLine(reason)
        if len(window.text) - window.at > MOST_BYTES:
            window.at, whole = len(window.text) - 1, False
        if not window.more():
            window.at = len(window.text)
            return BadLine(reason)
        begin = 0


def next_line(window: Window, begin: int, column: int) -> int:
    """Return the position of the next object on a line that is indented by at most `column`, 0 for none."""
    for found in OBJECT_ON_A_LINE.finditer(window.text, begin):
        if len(found[1]) <= column:
            return found.end()
    return 0


def end_of(window: Window, before: int) -> int:
    """Return where the brackets of the current value are closed, 0 if they are not closed `before` there."""
    text, end = window.text, before or len(window.text)
    if text[window.at] not in "{[":
        found = OPENING.search(text, window.at + 1, end)
        return found.start() if found else 0
    depth = 0
    for token in TOKEN.finditer(text, window.at, end):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if not depth:
            return token.end()
    return 0
