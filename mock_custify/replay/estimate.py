"""How long calls take at the rate limit of Custify.

A window opens with its first call and answers so many; the next one opens when it is over. The last window
need not be over. Source: vendor's API description, section 3.
"""

from __future__ import annotations

from math import ceil
from typing import Final

from msgspec import Struct

from mock_custify.replay.errors import ReplayError

EXACT: Final = 6  # digits of a number of windows; 0.8 and 0.9 are no exact floats
FORM: Final = "expected CALLS/SECONDS, such as 100/10"


class Rate(Struct, frozen=True):
    """So many `requests` in `seconds`; `margin` is the part that is left to live traffic."""

    requests: int = 100
    seconds: float = 10.0
    margin: float = 0.2

    def time_for(self, calls: int) -> float:
        """Return how many seconds the calls take, without a margin."""
        return waiting(calls, self.requests, self.seconds)

    def time_with_margin(self, calls: int) -> float:
        """Return how many seconds the calls take when live traffic gets its part on average."""
        return waiting(calls, self.requests * (1 - self.margin), self.seconds)


def waiting(calls: int, share: float, seconds: float) -> float:
    """Return how long calls take that have a `share` of each window, which may be less than one call."""
    windows = (calls - max(share, 1)) / share
    return max(ceil(round(windows, EXACT)), 0) * seconds


def rate_of(text: str, margin: float) -> Rate:
    """Return the rate that a text such as 100/10 means; raise ReplayError."""
    requests, _, seconds = text.partition("/")
    try:
        rate = Rate(int(requests), float(seconds), margin)
    except ValueError as error:
        raise ReplayError(f"--rate {text}: {FORM}") from error
    if rate.requests < 1 or not 0 < rate.seconds < float("inf"):
        raise ReplayError(f"--rate {text}: {FORM}")
    if not 0 <= margin < 1:
        raise ReplayError(f"--margin {margin:g}: it must be at least 0 and less than 1, such as 0.2 for 20%")
    return rate
