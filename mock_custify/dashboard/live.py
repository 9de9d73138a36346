"""Messages and their delivery status, as the page lists them and as a click opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_custify.dashboard.conclusion import conclusion_of
from mock_custify.dashboard.differences import change
from mock_custify.dashboard.preview import explained, outcomes_of
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE
from mock_custify.workspace.messages.summary import shortened, what_of, who_of
from mock_custify.workspace.traffic.journal import readable

if TYPE_CHECKING:
    from mock_custify.workspace import Workspace
    from mock_custify.workspace.messages.deliveries import Delivery, Sent


def counts_of(workspace: Workspace) -> dict[str, int]:
    """Return how many records, calls and messages there are; cheap enough to ask many times a second."""
    records = workspace.records
    return {
        "people": len(records[PEOPLE]),
        "companies": len(records[COMPANIES]),
        "events": len(records[EVENTS]),
        "requests": workspace.journal.count,
        "deliveries": workspace.deliveries.last,
    }


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """Return a delivery in one line: when, which type, about whom, about what, and its delivery status."""
    message = delivery.message if isinstance(delivery.message, dict) else {}
    return {
        "number": delivery.number,
        "received_at": delivery.received_at,
        "type": shortened(message.get("type")),
        "who": who_of(message),
        "what": what_of(message) if message else shortened(delivery.message),
        "status": delivery.status,
        "code": delivery.code,
        "reason": delivery.reason[:300],
        "hint": delivery.hint,
        "next_attempt_at": delivery.next_attempt_at,
        "requests": len({(sent.method, sent.endpoint) for sent in delivery.sent}),
    }


def delivery_detail(workspace: Workspace, number: str) -> dict[str, Any]:
    """Return a message as received, its requests by both profiles, what was sent, and what it changed."""
    delivery = get_delivery(workspace, number)
    processed = delivery.message if delivery.processed is None else delivery.processed
    before, after = delivery.before, delivery.after
    changed = change(before, after) if before and after else None
    numbers = {one.number for one in workspace.deliveries.kept}
    return {
        "delivery": {
            **delivery_row(delivery),
            "reason": delivery.reason,
            "attempts": delivery.attempts,
        },
        "profile": delivery.profile or workspace.destination.profile,
        "message": delivery.message,
        **explained(processed, outcomes_of(processed, workspace.destination.config)),
        "sent": [sent_row(sent) for sent in delivery.sent],
        "change": changed,
        "conclusion": conclusion_of(delivery, changed),
        "previous": delivery.number - 1 if delivery.number - 1 in numbers else None,
        "next": delivery.number + 1 if delivery.number + 1 in numbers else None,
    }


def get_delivery(workspace: Workspace, number: str) -> Delivery:
    """Return the delivery of a number; raise NotFoundError when it is not kept."""
    if not number.isdecimal():
        raise InvalidRequestError(f"{number[:80]!r} is not the number of a message")
    found = workspace.deliveries.find(lambda delivery: delivery.number == int(number), 1)
    if not found:
        raise NotFoundError(f"message {number} is no longer kept: only the newest ones are")
    return found[0]


def sent_row(sent: Sent) -> dict[str, Any]:
    """Return a request as it was sent, with its answer; status 0 and `error` when none came."""
    return {
        "attempt": sent.attempt,
        "method": sent.method,
        "endpoint": sent.endpoint,
        "body": sent.body,
        "status": sent.status,
        "answer": readable(sent.answer),
        "error": sent.error,
        "call": sent.call,
    }
