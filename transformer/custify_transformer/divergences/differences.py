"""The differences between the outcomes of both profiles for a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from custify_transformer import Destination, TransformError, transform
from custify_transformer.divergences.message_view import MessageView
from custify_transformer.divergences.rules import RULES
from custify_transformer.javascript import encode

if TYPE_CHECKING:
    from collections.abc import Iterable


class Sent(Protocol):
    """The parts of a request that are compared."""

    @property
    def endpoint(self) -> str:
        """Return the URL."""
        ...

    @property
    def body(self) -> Any:
        """Return the JSON body."""
        ...


def outcome(message: Any, config: Any, profile: str) -> dict[str, Any]:
    """Return the requests of a message in a profile, and the refusal if there is one."""
    try:
        return outcome_of(transform(message, Destination.from_config(config), profile), None)
    except TransformError as error:
        return outcome_of(error.requests, error)


def outcome_of(requests: Iterable[Sent], error: TransformError | None) -> dict[str, Any]:
    """Return what became of a message as `different_parts` compares it."""
    refusal = {"error": error.text, "status": error.status} if error else {}
    sent = [[request.endpoint.rpartition("/")[2], request.body] for request in requests]
    return {**refusal, "requests": sent}


def differences(message: Any, config: Any) -> set[str]:
    """Return the parts that differ: "refusal", "requests", "body", or fields such as "people.name"."""
    return different_parts(*(outcome(message, config, profile) for profile in ("documented", "production")))


def different_parts(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    """Return the parts in which two outcomes differ."""
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
    return {f"{name}.{field}" for field in {*mine, *theirs} if differs(mine, theirs, field)}


def differs(mine: dict[str, Any], theirs: dict[str, Any], field: str) -> bool:
    """Tell whether a field differs in two bodies; texts and names of attributes are compared as they are."""
    if (field in mine) is not (field in theirs):
        return True
    one, other = mine.get(field), theirs.get(field)
    if one.__class__ is str and other.__class__ is str:
        return bool(one != other)
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() != other.keys():
        return True
    return field_text(mine, field) != field_text(theirs, field)


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
