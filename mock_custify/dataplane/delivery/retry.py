"""When a delivery is tried again, and when no longer. Source: data plane, "router delivery"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SUCCESS: Final = range(200, 300)
PASSING: Final = frozenset({408, 429})
SERVER_ERROR: Final = 500
# Seconds between attempts at least, however small the scale: 0.01, 0.02 ... 1. Otherwise what is never given
# up would keep a processor busy.
SHORTEST: Final = 0.01
LONGEST_LEAST: Final = 1.0
NO_ANSWER: Final = 504  # what the router counts when nothing came back


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """RudderStack's waits in seconds, all multiplied by `scale`.

    10, 20, 40, 80, 160, 300, 300 ... but hundredths of a second at least. A 5xx is given up after at least
    `attempts` attempts and `window` seconds; nothing else ever is.
    """

    scale: float = 0.1
    first: float = 10
    longest: float = 300
    attempts: int = 3
    window: float = 180 * 60

    def wait(self, attempt: int) -> float:
        """Return how long to wait after the n-th attempt, from 1."""
        least = min(attempt * SHORTEST, LONGEST_LEAST)
        return max(least, self.scale * min(self.longest, self.first * 2.0 ** min(attempt - 1, 16)))

    def gives_up(self, status: int, attempts: int, elapsed: float) -> bool:
        """Tell whether `status` after `attempts` within `elapsed` seconds is the end."""
        return status >= SERVER_ERROR and attempts >= self.attempts and elapsed >= self.window * self.scale


def passes(status: int) -> bool:
    """Tell whether an answer may be another one later; every other failure is final, redirects too."""
    return status in PASSING or status >= SERVER_ERROR or status < SUCCESS.start
