"""A message in a few words: its type, whom it names, and what it is about."""

from __future__ import annotations

from typing import Any, Final

from custify_transformer.javascript import get

LONGEST: Final = 120
TRAITS: Final = ("traits", "context.traits")


def summary_of(message: Any) -> str:
    """Return a message in one line, such as "track u1 Order Completed"; a text that is not JSON is quoted.

    None stands for a call without a message.
    """
    if message is None:
        return "no message"
    if not isinstance(message, dict):
        return repr(message)[:LONGEST]
    parts = (shortened(message.get("type")) or "no type", who_of(message), what_of(message))
    return " ".join(" ".join(filter(None, parts)).split())


def who_of(message: dict[str, Any]) -> str:
    """Return the id that a message names a person by, else the email among the traits, else ""."""
    ids = (shortened(message.get(name)) for name in ("userId", "anonymousId"))
    return next(filter(None, ids), "") or email_of(message)


def what_of(message: dict[str, Any]) -> str:
    """Return what a message is about: the event, the group, else the name or email among the traits."""
    found = shortened(message.get("event")) or shortened(message.get("groupId"))
    told = (shortened(place.get(name)) for name in ("name", "email") for place in traits_of(message))
    return found or next(filter(None, told), "")


def email_of(message: dict[str, Any]) -> str:
    """Return the email among the traits, "" without one."""
    return next(filter(None, (shortened(place.get("email")) for place in traits_of(message))), "")


def traits_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the places of a message that hold traits."""
    places = (get(message, path) for path in TRAITS)
    return [place for place in places if isinstance(place, dict)]


def shortened(value: Any) -> str:
    """Return an id or a name of a message as a short text, "" when it is none."""
    return str(value)[:LONGEST] if isinstance(value, str | int | float) else ""
