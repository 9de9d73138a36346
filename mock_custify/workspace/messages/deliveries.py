"""What became of every message that came in, and which requests it made."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final

from mock_custify.workspace.messages.refusal_hints import joined, misspelled_fields
from mock_custify.workspace.messages.summary import summary_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.dataplane.delivery.named_records import NamedRecords

LOG: Final = logging.getLogger("mock_custify.traffic")
LARGEST: Final = 2000
MOST_BYTES: Final = 32 * 1024 * 1024


@dataclass(slots=True)
class Sent:
    """One request as it was sent and what came back; `status` is 0 when nothing did, `error` says why.

    `call` is its number in the journal of the workspace, 0 when it went elsewhere.
    """

    attempt: int
    method: str
    endpoint: str
    headers: dict[str, str]
    params: dict[str, Any]
    body: Any
    status: int
    answer: bytes
    error: str = ""
    call: int = 0


@dataclass(slots=True)
class Delivery:
    """One message and its delivery status.

    `status` is one of delivered, filtered, refused (the message or the batch is at fault), aborted (Custify
    or the way to it said no for good), retrying and waiting (behind an earlier message of the same person).
    `code` is the status that goes with it, as RudderStack counts: 200, 298 for filtered, else the error's.
    `reason` says why it was not delivered, `hint` what would change that, such as a setting, and which
    fields look misspelled, also in a delivered message.
    `message` is as received, `processed` as it was transformed; times are ISO 8601 in UTC. `before` and
    `after` are the stored records that it names, None when nothing was sent. `size` is about what it
    takes, in bytes of JSON.
    """

    message: Any
    received_at: str
    profile: str = ""
    status: str = "waiting"
    code: int = 0
    reason: str = ""
    hint: str = ""
    processed: Any = None
    attempts: int = 0
    next_attempt_at: str | None = None
    sent: list[Sent] = field(default_factory=list)
    updated_at: str = ""
    number: int = 0
    before: NamedRecords | None = None
    after: NamedRecords | None = None
    size: int = 0

    def settle(self, status: str, code: int, reason: str, moment: str, hint: str = "") -> None:
        """Set what has become of the message, as of `moment`, and log it; of many retries only the first."""
        is_news = not self.status == status == "retrying"
        self.status, self.code, self.reason = status, code, reason
        self.hint = joined(misspelled_fields(self.message), hint)
        self.updated_at, self.next_attempt_at = moment, None
        if is_news and LOG.isEnabledFor(logging.INFO):
            LOG.info("%s", log_line(self))


def log_line(delivery: Delivery) -> str:
    """Return a message and its delivery status in one line."""
    parts = filter(None, (delivery.reason, delivery.hint))
    why = "".join(f" | {part}" for part in parts)
    return f"#{delivery.number} {summary_of(delivery.message)}: {delivery.status}{why}"


class Deliveries:
    """The last deliveries of a workspace, each with a number that grows, bounded by number and by bytes."""

    def __init__(self, largest: int = LARGEST, most_bytes: int = MOST_BYTES) -> None:
        self.most, self.most_bytes = largest, most_bytes
        self.kept: deque[Delivery] = deque()
        self.numbers = count(1)
        self.last = self.bytes = 0

    def add(self, delivery: Delivery, size: int = 0) -> Delivery:
        """Keep a delivery of `size` bytes under the next number; the oldest ones make room."""
        delivery.number = self.last = next(self.numbers)
        self.kept.append(delivery)
        self.grow(delivery, size)
        return delivery

    def grow(self, delivery: Delivery, size: int) -> None:
        """Count `size` bytes more of a kept delivery; the oldest ones make room, the newest one stays."""
        if not self.kept or delivery.number < self.kept[0].number:
            return
        delivery.size += size
        self.bytes += size
        while len(self.kept) > self.most or (self.bytes > self.most_bytes and len(self.kept) > 1):
            self.bytes -= self.kept.popleft().size

    def find(self, fits: Callable[[Delivery], bool], limit: int) -> list[Delivery]:
        """Return the newest `limit` deliveries that fit, oldest first."""
        return list(islice(filter(fits, reversed(self.kept)), limit))[::-1]

    def forget_calls(self) -> None:
        """Forget which calls of the journal were made: it counts from 1 again."""
        for delivery in self.kept:
            for sent in delivery.sent:
                sent.call = 0

    @property
    def forgotten(self) -> int:
        """Return how many deliveries are no longer kept."""
        return self.last - len(self.kept)

    def clear(self) -> None:
        """Forget every delivery; numbers go on growing, so that who follows them misses none."""
        self.kept.clear()
        self.bytes = 0
