"""What would let a message through that was refused, and which of its fields look misspelled."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from custify_transformer.documented.values import is_on
from mock_custify.workspace.messages.destination import plain

NOBODY: Final = "Email or userId is mandatory"
ANONYMOUS: Final = (
    "turn on sendAnonymousId in the destination settings: the message has only an anonymousId, "
    "which then becomes the user_id"
)
IDENTIFY_FIRST: Final = (
    "send an identify message of this person first: Custify records events of known people only"
)
# By the beginning of the reason.
HINTS: Final = {
    NOBODY: "give the message a userId, or an email among its traits",
    "groupId Id is mandatory": "give the message a groupId",
    "request neither has anonymousId nor userId": "give each message a userId or an anonymousId",
    "invalid json": "the whole body has to be JSON",
    "source is disabled": "set enabled to true in the destination settings",
    "request size exceeds max limit": "send less than 4,000 KiB and 10,000 messages in one call",
    "empty batch payload": 'send {"batch": [...]} with at least one message',
    "Message Type is not present": "give the message a type: identify, track or group",
    'Missing required value from "event"': "give the track message an event name",
    'Missing required value from ["timestamp"': (
        "SDKs and the data plane add the time; give the message a timestamp"
    ),
    "there is no person": IDENTIFY_FIRST,
}
# The fields of a message that decide what becomes of it, by their plain names.
FIELDS: Final = {
    plain(name): name
    for name in (
        *("type", "userId", "anonymousId", "groupId", "event", "traits", "properties", "context"),
        *("timestamp", "originalTimestamp", "messageId", "integrations"),
    )
}
CORRECT: Final = frozenset(FIELDS.values())
MOST_HINTS: Final = 3  # of one message
MOST_NAMES: Final = 100  # unknown fields of one message that are compared with ours
ALIKE: Final = 0.88


def hint_of(reason: str, message: Any, config: dict[str, Any]) -> str:
    """Return what would let a refused message through, "" when nothing is known."""
    if (
        reason.startswith(NOBODY)
        and has_only_anonymous_id(message)
        and not is_on(config.get("sendAnonymousId"))
    ):
        return ANONYMOUS
    return next((hint for start, hint in HINTS.items() if reason.startswith(start)), "")


def has_only_anonymous_id(message: Any) -> bool:
    """Tell whether a message names a person by nothing but its anonymousId."""
    return isinstance(message, dict) and not message.get("userId") and bool(message.get("anonymousId"))


def misspelled_fields(message: Any) -> str:
    """Return which fields of a message were probably meant by others, "" if none was."""
    if not isinstance(message, dict):
        return ""
    unknown = islice((name for name in message if name not in CORRECT), MOST_NAMES)
    pairs = ((name, meant_field(name)) for name in unknown)
    found = [
        f"{name[:80]!r} is not a known field: did you mean {meant!r}?"
        for name, meant in pairs
        if meant and meant not in message
    ]
    return joined(*found[:MOST_HINTS])


@lru_cache(maxsize=1024)
def meant_field(name: str) -> str:
    """Return the field that was probably meant by a name, "" if there is none."""
    near = get_close_matches(plain(name[:80]), FIELDS, 1, ALIKE)
    return FIELDS[near[0]] if near else ""


def joined(*hints: str) -> str:
    """Return several hints as one."""
    first, *rest = [*filter(None, hints), ""]
    for hint in filter(None, rest):
        first += f" {hint[:1].upper()}{hint[1:]}" if first.endswith("?") else f"; {hint}"
    return first
