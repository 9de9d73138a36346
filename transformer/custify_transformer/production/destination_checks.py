"""The TypeErrors for a destination or Config that is missing or null. Source: section 4, check 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custify_transformer.errors import JavaScriptTypeError

if TYPE_CHECKING:
    from custify_transformer.destination import Destination


def check_destination(destination: Destination) -> None:
    """Refuse a missing destination, before anything else that depends on the message type."""
    if destination.absent.startswith("destination"):
        value, reason = ("object null", "null") if is_null(destination) else ("undefined", "undefined")
        raise JavaScriptTypeError(f"Cannot destructure property 'Config' of '{value}' as it is {reason}.")


def check_config(destination: Destination) -> None:
    """Refuse a missing Config in an identify or a track, where `sendAnonymousId` is read first."""
    if destination.absent:
        reason = "null" if is_null(destination) else "undefined"
        raise JavaScriptTypeError(
            f"Cannot destructure property 'sendAnonymousId' of 'Config' as it is {reason}."
        )


def check_company_config(destination: Destination) -> None:
    """Refuse a missing Config in a group, where `apiKey` is read first."""
    if destination.absent:
        value = "null" if is_null(destination) else "undefined"
        raise JavaScriptTypeError(f"Cannot read properties of {value} (reading 'apiKey')")


def is_null(destination: Destination) -> bool:
    """Return whether the absent part is null; otherwise it is missing."""
    return destination.absent.endswith("null")
