"""The control calls about the destination: how messages become requests for this workspace."""

from __future__ import annotations

from flask import Blueprint

from mock_custify.api import control_call
from mock_custify.errors import InvalidRequestError
from mock_custify.workspace import Workspace
from mock_custify.workspace.messages.destination import DestinationSettings, misspelled_setting

control_destination = Blueprint("control_destination", __name__)


@control_destination.get("/_mock/destination")
@control_call()
def get_destination(workspace: Workspace) -> DestinationSettings:
    """Read the settings of the destination; an API key in them is hidden."""
    return workspace.destination.shown()


@control_destination.put("/_mock/destination")
@control_call(statuses=(400,), example={"profile": "documented", "Config": {"sendAnonymousId": True}})
def put_destination(workspace: Workspace, body: DestinationSettings) -> DestinationSettings:
    """Replace the settings of the destination; settings that are left out get their defaults."""
    for name in body.config:
        if near := misspelled_setting(name):
            raise InvalidRequestError(f"Config: {near}")
    workspace.destination = body.replacing(workspace.destination)
    return workspace.destination.shown()


@control_destination.delete("/_mock/destination")
@control_call()
def delete_destination(workspace: Workspace) -> DestinationSettings:
    """Restore the settings that the workspace started with."""
    workspace.destination = workspace.initial_state.destination
    return workspace.destination.shown()
