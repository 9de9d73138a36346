"""What would help a delivery that Custify refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mock_custify.workspace.messages.refusal_hints import IDENTIFY_FIRST

if TYPE_CHECKING:
    from mock_custify.workspace import Workspace

MISSING: Final = 404
LIMITED: Final = 429


def delivery_hint(workspace: Workspace, status: int, path: str) -> str:
    """Return what would help a delivery that a call of `path` ended with `status`, "" if nothing."""
    if hint := answer_hint(status, path):
        return hint
    if status == LIMITED and workspace.rate_limit is not None:
        return (
            "the cause is the rate limit of this workspace: "
            "turn it off on the page Control, or with DELETE /_mock/rate-limit"
        )
    if workspace.faults.rules and any(rule.fired for rule in workspace.faults.rules):
        return (
            "the cause may be a fault rule of this workspace: "
            "delete it on the page Control, or with DELETE /_mock/faults"
        )
    return ""


def answer_hint(status: int, path: str) -> str:
    """Return what a refused call itself says about the message that made it, "" if nothing."""
    return IDENTIFY_FIRST if status == MISSING and path.endswith("/event") else ""
