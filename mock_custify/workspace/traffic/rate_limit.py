"""A limit on how many calls a workspace answers in a window, by the workspace's own clock.

Source: vendor's API description, section 3. A window opens with its first call and is not refilled.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta, Struct

from mock_custify.errors import InvalidRequestError, TooManyRequestsError
from mock_custify.values import counted

if TYPE_CHECKING:
    from datetime import datetime


class RateLimitPut(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """How many `requests` a window of `seconds` allows, or a `preset`: Custify's limit, 100 in 10."""

    requests: Annotated[int, Meta(ge=1, le=10**9)] | None = None
    seconds: Annotated[float, Meta(gt=0, le=10**9)] = 1.0
    preset: Literal["custify"] | None = None


CUSTIFY: Final = RateLimitPut(requests=100, seconds=10.0)


class RateLimit:
    """A window and how many calls it has answered; None when no window is open."""

    __slots__ = ("opened_at", "requests", "seconds", "used")

    def __init__(self, limit: RateLimitPut) -> None:
        if limit.preset is None and limit.requests is None:
            raise InvalidRequestError('send {"requests": 100, "seconds": 10} or {"preset": "custify"}')
        chosen = CUSTIFY if limit.preset else limit
        self.requests, self.seconds = chosen.requests or 0, chosen.seconds
        self.opened_at: datetime | None = None
        self.used = 0

    def left(self, now: datetime) -> float:
        """Return for how many seconds a window stays open, 0 for none; a clock that went back ends it."""
        if self.opened_at is None or now < self.opened_at:
            return 0.0
        return max(self.seconds - (now - self.opened_at).total_seconds(), 0.0)

    def remaining(self, now: datetime) -> int:
        """Return how many calls would be answered in the window."""
        return self.requests - self.used if self.left(now) else self.requests

    def take(self, now: datetime) -> None:
        """Count a call; raise TooManyRequestsError, which says when the window is over."""
        left = self.left(now)
        if not left:
            self.opened_at, self.used = now, 0
        if self.used >= self.requests:
            wait = max(1, ceil(round(left, 6)))
            seconds = f"{self.seconds:g} second{'s' * (self.seconds != 1)}"
            raise TooManyRequestsError(
                f"the rate limit of {counted(self.requests, 'request')} in {seconds} is used up: "
                f"try again in {counted(wait, 'second')}",
                wait,
                self.requests,
            )
        self.used += 1
