"""The call that takes events."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from mock_custify.models import EventPost
from mock_custify.models.values import named_by
from mock_custify.store import Workspace
from mock_custify.store import events as rules
from mock_custify.views.gate import gate
from mock_custify.web import Endpoints

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
