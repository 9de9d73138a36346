"""Which deliveries someone wants to see, and how they look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from mock_custify.errors import InvalidRequestError
from mock_custify.values import Since, find_date, read_date
from mock_custify.workspace.traffic.journal import readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.workspace.messages.deliveries import Deliveries, Delivery, Sent

Status = Literal["delivered", "filtered", "refused", "aborted", "retrying", "waiting"]


class DeliveryQuery(Struct, kw_only=True):
    """Which deliveries to show; `limit` keeps the newest ones.

    `since` is the number of a delivery (only later ones) or a date (only those from then on).
    """

    user_id: str | None = field(default=None, name="userId")
    anonymous_id: str | None = field(default=None, name="anonymousId")
    message_id: str | None = field(default=None, name="messageId")
    status: Status | UnsetType = UNSET
    type: str | None = None
    since: Since | None = None
    limit: Annotated[int, Meta(ge=0, le=100_000)] = 100


class SentRequest(Struct, kw_only=True):
    """One request and its answer; the status 0 means that no answer came."""

    attempt: int
    method: str
    endpoint: str
    headers: dict[str, str]
    params: dict[str, Any]
    body: Any
    status: int
    answer: Any
    error: str


class ShownDelivery(Struct, kw_only=True):
    """One message, its delivery status, and its requests."""

    number: int
    status: Status
    code: int
    reason: str
    hint: str
    profile: str
    received_at: str
    updated_at: str
    attempts: int
    next_attempt_at: str | None
    type: Any
    user_id: Any = field(name="userId")
    anonymous_id: Any = field(name="anonymousId")
    message_id: Any = field(name="messageId")
    message: Any
    processed: Any
    requests: list[SentRequest]


def selected(deliveries: Deliveries, query: DeliveryQuery) -> list[ShownDelivery]:
    """Return the deliveries that `query` asks for, oldest first; raise InvalidRequestError."""
    tests = tests_of(query)
    found = deliveries.find(lambda delivery: all(test(delivery) for test in tests), query.limit)
    return [shown(delivery) for delivery in found]


def tests_of(query: DeliveryQuery) -> list[Callable[[Delivery], bool]]:
    """Return what a delivery must pass to be one that `query` asks for."""
    wanted = {"userId": query.user_id, "anonymousId": query.anonymous_id, "messageId": query.message_id}
    tests = [member_test(name, value) for name, value in wanted.items() if value is not None]
    if query.type is not None:
        tests.append(member_test("type", query.type))
    if query.status is not UNSET:
        tests.append(lambda delivery: delivery.status == query.status)
    if query.since is not None:
        tests.append(since_test(query.since))
    return tests


def member_test(name: str, value: str) -> Callable[[Delivery], bool]:
    """Return the test that a member of the message, as text, is `value`."""
    return lambda delivery: (found := member(delivery, name)) is not None and str(found) == value


def member(delivery: Delivery, name: str) -> Any:
    """Return a member of the message, with what the gateway added when it went on; None without one."""
    message = delivery.processed if delivery.processed is not None else delivery.message
    return message.get(name) if isinstance(message, dict) else None


def since_test(since: str) -> Callable[[Delivery], bool]:
    """Return the test of being later than `since`; raise InvalidRequestError."""
    if since.isascii() and since.isdigit():
        number = int(since[:20])
        return lambda delivery: delivery.number > number
    # A + that a client did not encode arrives as a blank.
    moment = find_date(since) or find_date(since.replace(" ", "+"))
    if moment is None:
        raise InvalidRequestError(f"since: {since[:80]!r} is neither the number of a delivery nor a date")
    return lambda delivery: read_date(delivery.received_at) >= moment


def shown(delivery: Delivery) -> ShownDelivery:
    """Return a delivery as it is shown."""
    return ShownDelivery(
        number=delivery.number,
        status=delivery.status,  # type: ignore[arg-type] # settle() gets no other
        code=delivery.code,
        reason=delivery.reason,
        hint=delivery.hint,
        profile=delivery.profile,
        received_at=delivery.received_at,
        updated_at=delivery.updated_at,
        attempts=delivery.attempts,
        next_attempt_at=delivery.next_attempt_at,
        type=member(delivery, "type"),
        user_id=member(delivery, "userId"),
        anonymous_id=member(delivery, "anonymousId"),
        message_id=member(delivery, "messageId"),
        message=delivery.message,
        processed=delivery.processed,
        requests=[shown_request(sent) for sent in tuple(delivery.sent)],
    )


def shown_request(sent: Sent) -> SentRequest:
    """Return a request as it is shown."""
    return SentRequest(
        attempt=sent.attempt,
        method=sent.method,
        endpoint=sent.endpoint,
        headers=sent.headers,
        params=sent.params,
        body=sent.body,
        status=sent.status,
        answer=readable(sent.answer),
        error=sent.error,
    )
