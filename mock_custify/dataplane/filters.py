"""The reasons to stop a message in the data plane although its batch is valid.

Source: data plane, "Processor"; the order of the checks is RudderStack's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from mock_custify.dataplane.consent import is_denied
from mock_custify.workspace.messages.integrations import is_selected

SUPPORTED: Final = frozenset({"identify", "group", "track"})
FILTERED: Final = 298  # RudderStack's status for a message that was not meant for the destination


@dataclass(frozen=True, slots=True)
class FilterResult:
    """What stops a message: the status of its delivery, the code that goes with it, why, and what to do."""

    status: str
    code: int
    reason: str
    hint: str


REPEATED: Final = FilterResult(
    "filtered",
    FILTERED,
    "a message with this messageId has come before",
    "set deduplicate to false in the destination settings to deliver repeated messages too",
)
NOT_SELECTED: Final = FilterResult(
    "filtered",
    FILTERED,
    "the message's integrations leave Custify out",
    'set integrations.Custify to true in the message, or leave "integrations" out',
)
DENIED: Final = FilterResult(
    "filtered",
    FILTERED,
    "the person denied a consent that the destination asks for",
    "see context.consentManagement of the message and consentManagement in the destination settings",
)
NO_TYPE: Final = FilterResult(
    "refused",
    400,
    "Invalid message type. Type assertion failed",
    'set "type" to "identify", "track" or "group"',
)
UNSUPPORTED: Final = FilterResult(
    "filtered",
    FILTERED,
    "Message type not supported",
    "Custify accepts only identify, track and group messages",
)


def destination_verdict(message: dict[str, Any], config: dict[str, Any]) -> FilterResult | None:
    """Return why `message` is not for this destination, or None."""
    if "integrations" in message and not is_selected(message["integrations"]):
        return NOT_SELECTED
    if "context" in message and is_denied(message, config):
        return DENIED
    return None


def type_verdict(message: dict[str, Any]) -> FilterResult | None:
    """Return why Custify does not accept messages of this type, or None."""
    kind = message.get("type")
    if not isinstance(kind, str):
        return NO_TYPE
    return None if kind.strip().lower() in SUPPORTED else UNSUPPORTED
