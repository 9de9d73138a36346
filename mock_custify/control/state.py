"""The control API: health and the state of a workspace."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from mock_custify.api import Answer, Call, Endpoints, Route
from mock_custify.api.routing import MEBIBYTE
from mock_custify.state.form import StatePut
from mock_custify.state.state import build_records, state_of, wiped
from mock_custify.workspace import Records, Workspace
from mock_custify.workspace.clock import Ids

endpoints = Endpoints("Control")


class Health(Struct):
    """That the server answers."""

    status: str


def health(_call: Call) -> Answer:
    """Answer that the server is ready; no key is needed."""
    return Answer(b'{"status":"ok"}')


endpoints.routes.append(
    Route(
        method="GET",
        path="/_mock/health",
        respond=health,
        tag="Control",
        summary="Tell that the server is ready",
        answer=Health,
        secured=False,
    )
)


@endpoints.get("/_mock/state", answer=dict[str, Any])
def get_state(workspace: Workspace) -> dict[str, Any]:
    """Read the whole workspace."""
    return state_of(workspace)


@endpoints.put(
    "/_mock/state", body=StatePut, answer=dict[str, Any], statuses=(400, 413), max_body=512 * MEBIBYTE
)
def put_state(workspace: Workspace, body: StatePut) -> dict[str, Any]:
    """Replace the whole workspace; a state with a mistake changes nothing."""
    workspace.records = build_records(workspace, body)
    return state_of(workspace)


@endpoints.delete("/_mock/state", answer=dict[str, dict[str, int]])
def delete_state(workspace: Workspace) -> dict[str, dict[str, int]]:
    """Empty the workspace and say what was wiped; the seed of its ids stays, they start again."""
    counts = wiped(workspace.records)
    workspace.records = Records(ids=Ids(seed=workspace.records.ids.seed))
    return {"wiped": counts}
