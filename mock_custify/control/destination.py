"""The control calls about the destination: how messages become requests for this workspace."""

from __future__ import annotations

from mock_custify.api import Endpoints
from mock_custify.workspace import Workspace
from mock_custify.workspace.destination import DestinationSettings

endpoints = Endpoints("Control")


@endpoints.get("/_mock/destination", answer=DestinationSettings)
def get_destination(workspace: Workspace) -> DestinationSettings:
    """Read the settings of the destination; an API key in them is hidden."""
    return workspace.destination.shown()


@endpoints.put(
    "/_mock/destination",
    body=DestinationSettings,
    answer=DestinationSettings,
    statuses=(400, 413),
    example={"profile": "documented", "Config": {"sendAnonymousId": True}},
)
def put_destination(workspace: Workspace, body: DestinationSettings) -> DestinationSettings:
    """Replace the settings of the destination; what is left out takes its default."""
    workspace.destination = body.replacing(workspace.destination)
    return workspace.destination.shown()


@endpoints.delete("/_mock/destination", answer=DestinationSettings)
def delete_destination(workspace: Workspace) -> DestinationSettings:
    """Take back the settings that the workspace started with."""
    workspace.destination = workspace.beginning.destination
    return workspace.destination.shown()
