"""Mistakes with the derived id of a company whose group has no groupId."""

from __future__ import annotations

from copy import deepcopy
from itertools import count
from typing import Any

from custify_contract.rules.values import at
from custify_contract.targets import MessageRefusedError
from support.planted_transformers.changes import Fault, Requests, Transform, Wrapper, drop, on_message, only


def new_company_each_time() -> Wrapper:
    """Return a fault that makes a new company for each delivery of a group without groupId."""
    number = count()

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        if isinstance(message, dict) and len(found) > 1 and not message.get("groupId"):
            company_id = f"{found[0].body['company_id']} {next(number)}"
            found[0].body["company_id"] = found[1].body["companies"][0]["company_id"] = company_id
        return found

    return wrap


def derived_from(*names: str) -> Wrapper:
    """Return a fault that derives the id of a company also from `names` of the message."""

    def change(message: dict[str, Any]) -> None:
        if message.get("type") == "group" and not message.get("groupId"):
            message["messageId"] = repr([message.get("messageId"), *(at(message, name) for name in names)])

    return on_message(change)


def not_derived_from(path: str) -> Wrapper:
    """Return a fault that derives the id of a company without a part of the message."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        if not isinstance(message, dict) or message.get("type") != "group" or message.get("groupId"):
            return found
        changed = deepcopy(message)
        drop(changed, path)
        try:
            company_id = transform({**changed, "userId": "u1"}, settings)[0].body["company_id"]
        except MessageRefusedError:
            return found
        found[0].body["company_id"] = found[1].body["companies"][0]["company_id"] = company_id
        return found

    return wrap


DERIVED_ID_FAULTS = (
    Fault(
        "a new company for each delivery",
        "group.retry-without-group-id",
        new_company_each_time(),
    ),
    *(
        Fault(f"the derived id depends on {name}", "group.derived-id", derived_from(name))
        for name in (
            "timestamp",
            "sentAt",
            "originalTimestamp",
            "receivedAt",
            "channel",
            "traits.name",
            "userId",
        )
    ),
    *(
        Fault(f"the derived id does not depend on {name}", "group.derived-id", not_derived_from(name))
        for name in (
            "messageId",
            "userId",
            "anonymousId",
            "traits.name",
            "traits.size",
            "context.traits.email",
            "context.traits.plan",
        )
    ),
    Fault(
        "the derived id depends on the order of fields",
        "group.derived-id",
        only(
            "group", on_message(lambda m: None if m.get("messageId") else {**m, "messageId": repr(list(m))})
        ),
    ),
)
