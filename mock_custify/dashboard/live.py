"""Messages and their fate, as the page lists them and as a click opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import get
from mock_custify.dashboard.differences import change
from mock_custify.dashboard.preview import explained, outcomes_of
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE
from mock_custify.workspace.traffic.journal import readable

if TYPE_CHECKING:
    from mock_custify.workspace import Workspace
    from mock_custify.workspace.messages.deliveries import Delivery, Sent

NAMES: Final = ("userId", "anonymousId")


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
    """Return a delivery in one line: when, which type, about whom, about what, and its fate."""
    message = delivery.message if isinstance(delivery.message, dict) else {}
    return {
        "number": delivery.number,
        "received_at": delivery.received_at,
        "type": shortened(message.get("type")),
        "who": next((text for name in NAMES if (text := shortened(message.get(name)))), ""),
        "what": what_of(message),
        "status": delivery.status,
        "code": delivery.code,
        "reason": delivery.reason[:300],
        "requests": len({(sent.method, sent.endpoint) for sent in delivery.sent}),
    }


def what_of(message: dict[str, Any]) -> str:
    """Return what a message is about: the event, the group, else the name or email among the traits."""
    found = shortened(message.get("event")) or shortened(message.get("groupId"))
    places = (get(message, path) for path in ("traits", "context.traits"))
    traits = [place for place in places if isinstance(place, dict)]
    told = (shortened(place.get(name)) for name in ("name", "email") for place in traits)
    return found or next(filter(None, told), "")


def shortened(value: Any) -> str:
    """Return an id or a name of a message as a short text, "" when it is none."""
    return str(value)[:120] if isinstance(value, str | int | float) else ""


def delivery_detail(workspace: Workspace, number: str) -> dict[str, Any]:
    """Return a message as received, its requests by both profiles, what was sent, and what it changed."""
    delivery = get_delivery(workspace, number)
    processed = delivery.message if delivery.processed is None else delivery.processed
    before, after = delivery.before, delivery.after
    return {
        "delivery": {
            **delivery_row(delivery),
            "reason": delivery.reason,
            "attempts": delivery.attempts,
            "next_attempt_at": delivery.next_attempt_at,
        },
        "profile": delivery.profile or workspace.destination.profile,
        "message": delivery.message,
        **explained(processed, outcomes_of(processed, workspace.destination.config)),
        "sent": [sent_row(sent) for sent in delivery.sent],
        "change": change(before, after) if before and after else None,
    }


def get_delivery(workspace: Workspace, number: str) -> Delivery:
    """Return the delivery of a number; raise NotFoundError when it is not kept."""
    if not number.isdecimal():
        raise InvalidRequestError(f"{number!r} is not the number of a message")
    found = workspace.deliveries.find(lambda delivery: delivery.number == int(number), 1)
    if not found:
        raise NotFoundError(f"message {number} is not kept any more: only the newest are")
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
    }
