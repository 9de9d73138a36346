"""The fate of every message that came in: what became of it, and which requests it made."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.dataplane.delivery.named_records import NamedRecords

LARGEST: Final = 2000


@dataclass(slots=True)
class Sent:
    """One request as it was sent and what came back; `status` is 0 when nothing did, `error` says why."""

    attempt: int
    method: str
    endpoint: str
    headers: dict[str, str]
    params: dict[str, Any]
    body: Any
    status: int
    answer: bytes
    error: str = ""


@dataclass(slots=True)
class Delivery:
    """One message and its fate.

    `status` is one of delivered, filtered, refused (the message or the batch is at fault), aborted (Custify
    or the way to it said no for good), retrying and waiting (behind an earlier message of the same person).
    `code` is the status that goes with it, as RudderStack counts: 200, 298 for filtered, else the error's.
    `message` is as received, `processed` as it was transformed; times are ISO 8601 in UTC. `before` and
    `after` are what stood on record about those it names, None when nothing was sent.
    """

    message: Any
    received_at: str
    profile: str = ""
    status: str = "waiting"
    code: int = 0
    reason: str = ""
    processed: Any = None
    attempts: int = 0
    next_attempt_at: str | None = None
    sent: list[Sent] = field(default_factory=list)
    updated_at: str = ""
    number: int = 0
    before: NamedRecords | None = None
    after: NamedRecords | None = None

    def settle(self, status: str, code: int, reason: str, moment: str) -> None:
        """Set what has become of the message, as of `moment`."""
        self.status, self.code, self.reason = status, code, reason
        self.updated_at, self.next_attempt_at = moment, None


class Deliveries:
    """The last deliveries of a workspace, each with a number that grows."""

    def __init__(self, largest: int = LARGEST) -> None:
        self.kept: deque[Delivery] = deque(maxlen=largest)
        self.numbers = count(1)
        self.last = 0

    def add(self, delivery: Delivery) -> Delivery:
        """Keep a delivery under the next number; the oldest one makes room."""
        delivery.number = self.last = next(self.numbers)
        self.kept.append(delivery)
        return delivery

    def find(self, fits: Callable[[Delivery], bool], limit: int) -> list[Delivery]:
        """Return the newest `limit` deliveries that fit, oldest first."""
        return list(islice(filter(fits, reversed(self.kept)), limit))[::-1]

    @property
    def size(self) -> int:
        """Return how many deliveries can be kept."""
        return self.kept.maxlen or 0

    @property
    def forgotten(self) -> int:
        """Return how many deliveries are no longer kept."""
        return self.last - len(self.kept)

    def clear(self) -> None:
        """Forget every delivery; numbers go on growing, so that who follows them misses none."""
        self.kept.clear()
