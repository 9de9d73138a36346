"""What reaches a server at all: messages of all workspaces, and calls whose key opens none."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Arrivals:
    """Counts since the server started; they hold no key. `latest` is the newest call without a workspace."""

    messages: int = 0
    unknown_key: int = 0
    without_key: int = 0
    latest: str = ""

    def turn_away(self, call: str, *, has_key: bool) -> None:
        """Count a call such as "POST /v1/batch" that named no key, or one that is not accepted here."""
        self.latest = call
        if has_key:
            self.unknown_key += 1
        else:
            self.without_key += 1
