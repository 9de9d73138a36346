"""Archives for the tests of the replay, and the state that a delivery of their messages leaves in a fake."""

from __future__ import annotations

import gzip
import json
from random import Random
from typing import TYPE_CHECKING, Any, Final

import msgspec

from custify_contract.strategies.byte_choices import ByteChoices
from custify_contract.strategies.messages import any_message
from custify_transformer import Destination, TransformError, transform
from mock_custify.app import create_app
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.state.state import state_of
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mock_custify.app import MockCustifyApp

KEY: Final = "k"
CONFIG: Final = {"apiKey": KEY, "enablededuplication": True}
UNTOLD: Final = ("id", "_id", "customer_id", "received_at", "updated_at", "last_request_at")


def shop(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return messages of an invented shop: people share emails, change companies and repeat themselves."""
    random = Random(seed)  # noqa: S311 - no secret
    return [shop_message(random, number, max(count // 20, 5)) for number in range(count)]


def chance(random: Random, percent: int) -> bool:
    """Return True in so many of a hundred cases."""
    return random.randrange(100) < percent


def shop_message(random: Random, number: int, users: int) -> dict[str, Any]:
    """Return one message of the shop."""
    user = random.randrange(users)
    message: dict[str, Any] = {
        "messageId": f"m{number if chance(random, 97) else number // 2}",
        "originalTimestamp": f"2026-0{1 + number % 9}-02T03:04:{number % 60:02}.000Z",
    }
    if chance(random, 90):
        message["userId"] = f"u{user}" if chance(random, 95) else user
    email = f"e{user // 2 if chance(random, 10) else user}@example.com"
    kind = random.choice(("identify", "track", "track", "track", "group", "page"))
    company = f"g{user % max(users // 10, 2)}" if chance(random, 90) else f"g{random.randrange(users)}"
    traits = {"email": email} if chance(random, 60) else {}
    if kind == "identify":
        message["traits"] = {**traits, "name": f"N {number}", "seat": random.choice(("a", 1, True, None))}
        if chance(random, 20):
            message["context"] = {
                "traits": {"company": {"id": company, "remove": random.choice((True, False))}}
            }
    elif kind == "group":
        message |= {
            "groupId": company,
            "traits": {"name": f"C {number % 7}", "size": random.choice((5, 9, 1.5))},
        }
        message["context"] = {"traits": {**traits, "phone": "+44 20 7946 0001"}}
    elif kind == "track":
        message |= {"event": f"Event {number % 11}", "context": {"traits": traits}}
        message["properties"] = {
            "value": number % 4,
            "label": "x" * (number % 300 if number % 50 == 0 else 3),
        }
        if chance(random, 30):
            message["properties"]["company_id"] = company
    return {**message, "type": kind}


def odd(count: int, seed: int = 1) -> list[Any]:
    """Return messages with everything in them that a message can have and should not."""
    random = Random(seed)  # noqa: S311 - no secret
    return [any_message(ByteChoices(random.randbytes(60))) for _ in range(count)]


def write_lines(path: Path, messages: Iterable[Any]) -> Path:
    """Write messages as JSON lines, in gzip when the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = b"".join(json.dumps(message).encode() + b"\n" for message in messages)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def delivered_to(
    app: MockCustifyApp, messages: Iterable[Any], config: dict[str, Any], profile: str
) -> MockCustifyApp:
    """Deliver messages one by one, as `mock-custify send` does, and return the application."""
    for message in messages:
        try:
            requests = transform(message, Destination.from_config(config), profile)
        except TransformError as error:
            requests = error.requests
        for request in requests:
            if deliver(app, request).status not in (200, 202):
                break
    return app


def state_after(messages: Iterable[Any], config: dict[str, Any], profile: str) -> dict[str, Any]:
    """Return the state that the delivery of messages leaves in a fake."""
    app = delivered_to(create_app(Store()), messages, config, profile)
    with app.store.open(KEY) as workspace:
        return comparable(msgspec.json.encode(state_of(workspace)))


def comparable(content: bytes) -> dict[str, Any]:
    """Return a state without the ids and times that differ from run to run; links have names instead."""
    state: dict[str, Any] = msgspec.json.decode(content)
    names = {one["id"]: one["company_id"] for one in state["companies"]}
    names |= {one["id"]: one["user_id"] or one["email"] for one in state["people"]}
    for section in ("people", "companies", "events"):
        state[section] = [told(record, names) for record in state[section]]
    return state


def told(record: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return what a record says that does not depend on the run."""
    links = {name: names.get(record[name]) for name in ("person", "company") if name in record}
    companies = {"companies": [names[one] for one in record["companies"]]} if "companies" in record else {}
    untold = UNTOLD if "metadata" in record else (*UNTOLD, "created_at")
    return {name: value for name, value in record.items() if name not in untold} | links | companies
