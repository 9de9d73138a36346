"""What a workspace was asked and what it answered: the newest calls, without any key."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import msgspec
from msgspec import Struct

from mock_custify.values import iso

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

DEFAULT_SIZE: Final = 1000
LARGEST_BODY: Final = 16 * 1024
LARGEST_TEXT: Final = 2048
LARGEST_NAME: Final = 128
MOST_HEADERS: Final = 64


class Recorded(Struct, frozen=True, gc=False):
    """One call as it is kept: raw, so that keeping it costs little. Bodies are cut at LARGEST_BODY bytes.

    `number` counts the calls of the workspace from 1; `at` is the workspace's time; `headers` have the
    names of a WSGI environment; `seconds` is how long the answer took; `cut` tells that a body was cut.
    """

    number: int
    at: datetime
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    status: int
    answer: bytes
    seconds: float
    faulty: bool
    cut: bool


class JournalEntry(Struct, kw_only=True, frozen=True):
    """One call in the journal; a body that is not JSON is shown as text, an empty body as null."""

    number: int
    at: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    status: int
    answer: Any
    milliseconds: float
    fault: bool
    cut: bool


class Journal:
    """A bounded ring of calls: the oldest one makes room for the newest."""

    __slots__ = ("count", "ring")

    def __init__(self, size: int = DEFAULT_SIZE) -> None:
        self.ring: deque[Recorded] = deque(maxlen=size)
        self.count = 0

    def __len__(self) -> int:
        """Return how many calls are kept."""
        return len(self.ring)

    def __iter__(self) -> Iterator[Recorded]:
        """Return the calls that are kept, oldest first."""
        return iter(self.ring)

    @property
    def size(self) -> int:
        """Return how many calls can be kept."""
        return self.ring.maxlen or 0

    @property
    def forgotten(self) -> int:
        """Return how many calls are no longer kept."""
        return self.count - len(self.ring)

    def add(self, call: Recorded) -> None:
        """Keep a call."""
        self.count += 1
        self.ring.append(call)

    def resize(self, size: int) -> None:
        """Keep up to `size` calls from now on; the newest stay."""
        self.ring = deque(self.ring, maxlen=size)

    def clear(self) -> None:
        """Empty the journal; the next call has the number 1."""
        self.ring.clear()
        self.count = 0


def shown(call: Recorded) -> JournalEntry:
    """Return a call as the journal shows it."""
    return JournalEntry(
        number=call.number,
        at=iso(call.at),
        method=call.method,
        path=call.path,
        query=dict(parse_qsl(call.query, keep_blank_values=True)),
        headers={header_name(name): value for name, value in call.headers.items()},
        body=readable(call.body),
        status=call.status,
        answer=readable(call.answer),
        milliseconds=round(call.seconds * 1000, 3),
        fault=call.faulty,
        cut=call.cut,
    )


def header_name(name: str) -> str:
    """Return the usual spelling of a header from its name in a WSGI environment."""
    return name.removeprefix("HTTP_").replace("_", "-").title()


def readable(body: bytes) -> Any:
    """Return a body as JSON, else as text; None when there is none."""
    if not body:
        return None
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body.decode("utf-8", "replace")
