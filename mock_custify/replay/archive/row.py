"""What the reader of an archive yields: messages with their place, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

MOST_LEVELS: Final = 200  # of a message
MOST_BYTES: Final = 10 * 1024 * 1024  # of one message, or of one line


@dataclass(frozen=True, slots=True)
class Place:
    """A position: a file and a line of it, 0 for the whole file."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        """Return the place as an error shows it."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Row:
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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line, a file or a folder that could not be read, and why."""

    place: Place
    reason: str
