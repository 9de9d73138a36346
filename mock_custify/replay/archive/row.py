"""What the reader of an archive yields: messages with their place, and what could not be read."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

MOST_LEVELS: Final = 200  # of a message
MOST_BYTES: Final = 10 * 1024 * 1024  # of one message, or of one line


class Place(Struct, frozen=True):
    """A position: a file and a line of it, 0 for the whole file."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Return the place as an error shows it."""
        return f"{self.file}:{self.line}" if self.line else self.file


class Row(Struct, frozen=True):
    """A message of an archive.

    `received` is when RudderStack received it, "" when nothing says so. `settings` has the `destination` that
    stands beside the message, None without one. A message `rebuilt` from columns is not what the source sent.
    """

    place: Place
    layout: str
    message: Any
    received: str = ""
    settings: Any = None
    rebuilt: bool = False


class Unreadable(Struct, frozen=True):
    """A line, a file or a folder that could not be read, and why."""

    place: Place
    reason: str
