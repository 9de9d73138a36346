"""The call that records events."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from flask import Blueprint

from mock_custify.api import call
from mock_custify.resources.events import rules
from mock_custify.resources.events.model import EventPost
from mock_custify.values import named_by
from mock_custify.workspace import Workspace

events = Blueprint("events", __name__)


NamedEvent: TypeAlias = Annotated[EventPost, named_by("user_id", "email", "company_id")]


@events.post("/event")
@call(
    status=202,
    statuses=(400, 404),
    example={
        "name": "Signed in",
        "user_id": "u1",
        "created_at": "2026-01-31T12:00:00.000Z",
        "metadata": {"browser": "Firefox"},
    },
)
def record_event(workspace: Workspace, body: NamedEvent) -> list[str]:
    """Record an event of a person or a company."""
    rules.record_event(workspace, body)
    return []
