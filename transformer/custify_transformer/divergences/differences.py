"""The differences between the outcomes of both profiles for a message."""

from __future__ import annotations

from typing import Any

from custify_transformer import Destination, TransformError, transform
from custify_transformer.divergences.message_view import MessageView
from custify_transformer.divergences.rules import RULES
from custify_transformer.javascript import encode


def outcome(message: Any, config: Any, profile: str) -> dict[str, Any]:
    """Return the requests of a message in a profile, and the refusal if there is one."""
    try:
        requests, refusal = transform(message, Destination.from_config(config), profile), {}
    except TransformError as error:
        requests, refusal = error.requests, {"error": error.text, "status": error.status}
    sent = [[request.endpoint.rpartition("/")[2], request.body] for request in requests]
    return {**refusal, "requests": sent}


def differences(message: Any, config: Any) -> set[str]:
    """Return the parts that differ: "refusal", "requests", "body", or fields such as "people.name"."""
    one, other = (outcome(message, config, profile) for profile in ("documented", "production"))
    if one.get("error") != other.get("error"):
        return {"refusal"}
    if [name for name, _ in one["requests"]] != [name for name, _ in other["requests"]]:
        return {"requests"}
    pairs = zip(one["requests"], other["requests"], strict=True)
    return {part for (name, mine), (_, theirs) in pairs for part in different_fields(name, mine, theirs)}


def different_fields(name: str, mine: Any, theirs: Any) -> set[str]:
    """Return the fields that differ in two bodies; "body" if the second one is not an object."""
    if not isinstance(theirs, dict):
        return {"body"}
    fields = (field for field in {*mine, *theirs} if field_text(mine, field) != field_text(theirs, field))
    return {f"{name}.{field}" for field in fields}


def field_text(body: dict[str, Any], field: str) -> bytes | None:
    """Return the JSON text of a field with sorted keys, None if the body does not have it."""
    if field not in body:
        return None
    value = body[field]
    return encode(dict(sorted(value.items())) if isinstance(value, dict) else value)


def unexplained(message: Any, config: Any) -> set[str]:
    """Return the differences for a message that no known divergence explains."""
    view = MessageView(message, config)
    parts = differences(message, config)
    return {part for part in parts if not any(rule(view, part) for rule in RULES.values())}
