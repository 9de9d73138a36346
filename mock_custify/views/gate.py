"""What every call of the Custify API passes: the journal, the faults and the rate limit of its workspace."""

from __future__ import annotations

from collections.abc import Callable

from mock_custify.store import Workspace
from mock_custify.web import Answer, Call


def gate(_call: Call, _workspace: Workspace, run: Callable[[], Answer]) -> Answer:
    """Answer a call of the Custify API."""
    return run()
