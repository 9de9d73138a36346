"""The call that takes events."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from mock_custify.api import Endpoints
from mock_custify.api.gate import gate
from mock_custify.resources.events import rules
from mock_custify.resources.events.model import EventPost
from mock_custify.values import named_by
from mock_custify.workspace import Workspace

endpoints = Endpoints("Events", around=gate)


NamedEvent: TypeAlias = Annotated[EventPost, named_by("user_id", "email", "company_id")]


@endpoints.post(
    "/event",
    body=NamedEvent,
    answer=list[str],
    status=202,
    statuses=(400, 413),
    example={"name": "Signed in", "user_id": "u1", "metadata": {"browser": "Firefox"}},
)
def record_event(workspace: Workspace, body: EventPost) -> list[str]:
    """Record an event of a person or a company."""
    rules.record_event(workspace, body)
    return []
