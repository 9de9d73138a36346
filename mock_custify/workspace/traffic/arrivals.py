"""What reaches a server at all: messages of all workspaces, and calls that reach none."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

MOST_KEPT: int = 20


@dataclass(slots=True)
class Arrivals:
    """Counts since the server started; they hold no key.

    `unknown_key` and `without_key` count calls that opened no workspace, `latest` is the newest of these.
    `turned_away` are the newest calls that are in no journal, one a line: those, and unknown paths.
    """

    messages: int = 0
    unknown_key: int = 0
    without_key: int = 0
    latest: str = ""
    turned_away: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_KEPT))

    def refuse_key(self, call: str, *, has_key: bool) -> None:
        """Count a call such as "POST /v1/batch": without a key in its place, or with one not accepted."""
        self.latest = call
        if has_key:
            self.unknown_key += 1
        else:
            self.without_key += 1
