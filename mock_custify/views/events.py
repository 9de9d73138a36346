"""The call that takes events."""

from __future__ import annotations

from mock_custify.models import EventPost
from mock_custify.store import Workspace
from mock_custify.store import events as rules
from mock_custify.views.gate import gate
from mock_custify.web import Endpoints

endpoints = Endpoints("Events", around=gate)


@endpoints.post("/event", body=EventPost, answer=list[str], status=202, statuses=(400, 413))
def record_event(workspace: Workspace, body: EventPost) -> list[str]:
    """Record an event of a person or a company."""
    rules.record_event(workspace, body)
    return []
