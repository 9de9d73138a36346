"""Reads JSON that is not one value a line: arrays, batches and pretty-printed values, piece by piece.

Only one element and one chunk are in memory, never the whole array.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from custify_transformer.javascript import NotJsonError
from mock_custify.replay.archive.lines import BadLine, decoded
from mock_custify.replay.archive.row import MOST_BYTES
from mock_custify.replay.archive.window import Window, lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.archive.lines import Numbered

BLANKS: Final = re.compile(r"[\s,]*")
BATCH: Final = re.compile(
    r"\s*\{(?:\s*\"(?!batch\")[^\"\\{\[]*\"\s*:\s*(?:\"[^\"\\]*\"|[\w.+-]+)\s*,)*\s*\"batch\"\s*:\s*\["
)
NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
SCANNER: Final = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)  # it only finds the end
NEAR_END: Final = 32  # characters in which an unfinished word or number may be the cause of an error
MOST_CHARACTERS: Final = 200  # of an object before its batch begins


def values_of_text(chunks: Iterable[bytes]) -> Iterator[Numbered]:
    """Return (number of the line, value) for each value of a text; the elements of an array one by one.

    A BadLine marks text that is not JSON; reading continues at the next value.
    """
    window = Window(chunks)
    while letter := window.skip(BLANKS):
        if letter in "[]" or letter == "}":
            window.at += 1
        elif letter == "{" and (inside := batch_begins(window)):
            window.at = inside
        elif letter == '"' and leave_batch(window):
            continue
        else:
            yield window.number(), element(window)
    if window.damage:
        yield window.number(), BadLine(window.damage)


def batch_begins(window: Window) -> int:
    """Return the position of the first message of a batch, 0 if the object is not a batch."""
    while len(window.text) - window.at < MOST_CHARACTERS and window.more():
        pass
    found = BATCH.match(window.text, window.at)
    return found.end() if found else 0


MEMBER: Final = re.compile(r"\"[^\"\\]*\"\s*:\s*")


def leave_batch(window: Window) -> bool:
    """Skip a field after the messages of a batch, such as sentAt; return False if there is none."""
    while len(window.text) - window.at < MOST_CHARACTERS and window.more():
        pass
    found = MEMBER.match(window.text, window.at)
    if found is None:
        return False
    window.at = found.end()
    element(window)
    return True


def element(window: Window) -> object:
    """Return the current value, or a BadLine if it is not valid, and move past it."""
    while True:
        try:
            _, end = SCANNER.raw_decode(window.text, window.at)
        except RecursionError:
            return lost(window, "is nested too deeply")
        except json.JSONDecodeError as error:
            if may_go_on(window, error) and window.more():
                continue
            return lost(window, reason_of(window, error))
        if end == len(window.text) and window.more():
            continue  # a number may go on
        return finished(window, end)


def finished(window: Window, end: int) -> object:
    """Return the value that ends at `end` as JavaScript reads it."""
    text = window.text[window.at : end]
    window.at = end
    if NOT_UTF8.search(text):
        return BadLine("is not UTF-8")
    if len(text) > MOST_BYTES:
        return BadLine(f"has more than {MOST_BYTES} characters, the most that one message may have")
    try:
        return decoded(text.encode())
    except (NotJsonError, UnicodeError) as error:
        return BadLine(f"is not JSON: {error}")


def may_go_on(window: Window, error: json.JSONDecodeError) -> bool:
    """Return whether the error may come only from the end of the data that was read so far."""
    if len(window.text) - window.at > MOST_BYTES:
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(window.text) - NEAR_END


def reason_of(window: Window, error: json.JSONDecodeError) -> str:
    """Return why a value is not valid."""
    if len(window.text) - window.at > MOST_BYTES:
        return f"has more than {MOST_BYTES} characters, the most that one message may have"
    if not (window.ended and may_go_on(window, error)):
        return f"is not JSON: {error.msg}"
    damage, window.damage = window.damage, ""
    return damage or "the file ends inside a message"
