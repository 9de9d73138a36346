"""What would let a message through that was not delivered: a setting, or a change of the message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mock_custify.workspace import Workspace

NOBODY: Final = "Email or userId is mandatory"
ANONYMOUS: Final = (
    "turn on sendAnonymousId in the destination settings: the message has only an anonymousId, "
    "which then becomes the user_id"
)
MISSING: Final = 404
LIMITED: Final = 429
# By the beginning of the reason.
HINTS: Final = {
    NOBODY: "give the message a userId, or an email among its traits",
    "groupId Id is mandatory": "give the message a groupId",
    "request neither has anonymousId nor userId": "give each message a userId or an anonymousId",
    "invalid json": "the whole body has to be JSON",
    "source is disabled": "set enabled to true in the destination settings",
    "request size exceeds max limit": "send less than 4,000 KiB and 10,000 messages in one call",
    "empty batch payload": 'send {"batch": [...]} with at least one message',
    'Missing required value from "event"': "give the track message an event name",
}


def hint_of(reason: str, message: Any, config: dict[str, Any]) -> str:
    """Return what would let a refused message through, "" when nothing is known."""
    if reason.startswith(NOBODY) and has_only_anonymous_id(message) and not config.get("sendAnonymousId"):
        return ANONYMOUS
    return next((hint for start, hint in HINTS.items() if reason.startswith(start)), "")


def has_only_anonymous_id(message: Any) -> bool:
    """Tell whether a message names a person by nothing but its anonymousId."""
    return isinstance(message, dict) and not message.get("userId") and bool(message.get("anonymousId"))


def delivery_hint(workspace: Workspace, status: int, path: str) -> str:
    """Return what would help a delivery that a call of `path` ended with `status`, "" if nothing."""
    if status == MISSING and path.endswith("/event"):
        return "send an identify message of this person first: Custify records events of known people only"
    if status == LIMITED and workspace.rate_limit is not None:
        return "the rate limit of this workspace did that: see Control, or DELETE /_mock/rate-limit"
    if workspace.faults.rules and any(rule.fired for rule in workspace.faults.rules):
        return "a fault rule of this workspace may have done that: see Control, or DELETE /_mock/faults"
    return ""
