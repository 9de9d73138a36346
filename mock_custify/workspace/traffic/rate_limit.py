"""A limit on how many calls a workspace answers: a bucket that refills by the workspace's own clock."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from mock_custify.errors import TooManyRequestsError

if TYPE_CHECKING:
    from datetime import datetime


class RateLimitPut(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """How many `requests` are answered in `seconds`; they may come all at once."""

    requests: Annotated[int, Meta(ge=1, le=10**9)]
    seconds: Annotated[float, Meta(gt=0, le=10**9)] = 1.0


class RateLimit:
    """A bucket of `requests` tokens, refilled evenly within `seconds` of the workspace's time."""

    __slots__ = ("filled_at", "limit", "tokens")

    def __init__(self, limit: RateLimitPut, now: datetime) -> None:
        self.limit = limit
        self.tokens = float(limit.requests)
        self.filled_at = now

    def remaining(self, now: datetime) -> int:
        """Return how many calls would be answered at once."""
        self.refill(now)
        return int(self.tokens)

    def take(self, now: datetime) -> None:
        """Use one token; raise TooManyRequestsError, which tells when the next one is there."""
        self.refill(now)
        if self.tokens >= 1:
            self.tokens -= 1
            return
        wait = (1 - self.tokens) * self.limit.seconds / self.limit.requests
        raise TooManyRequestsError(
            f"the rate limit of {self.limit.requests} requests in {self.limit.seconds:g} seconds is used up",
            max(1, ceil(round(wait, 6))),
        )

    def refill(self, now: datetime) -> None:
        """Add the tokens of the time since the last call; a clock that went back adds none."""
        passed = max((now - self.filled_at).total_seconds(), 0.0)
        self.filled_at = now
        full = float(self.limit.requests)
        self.tokens = min(full, round(self.tokens + passed * full / self.limit.seconds, 9))
