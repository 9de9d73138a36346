"""The control calls about health and the state of a workspace."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import Answer, Call, control_call, open_call
from mock_custify.api.call import MEBIBYTE, bearer_key
from mock_custify.api.control_checks import refuse_unknown
from mock_custify.state.form import StatePut
from mock_custify.state.state import build_records, state_of, wiped
from mock_custify.workspace import Records, Workspace
from mock_custify.workspace.clock import Ids

control_state = Blueprint("control_state", __name__)


class Health(Struct):
    """The answer of a server that is ready."""

    status: str


@control_state.get("/_mock/health")
@open_call(answer=Health)
def get_health(_call: Call) -> Answer:
    """Answer that the server is ready."""
    return Answer(b'{"status":"ok"}')


@control_state.get("/_mock/state")
@control_call()
def get_state(workspace: Workspace) -> dict[str, Any]:
    """Read the whole workspace."""
    return state_of(workspace)


@control_state.put("/_mock/state")
@control_call(statuses=(400,), max_body=512 * MEBIBYTE)
def put_state(workspace: Workspace, body: StatePut) -> dict[str, Any]:
    """Replace the whole workspace; a state with a mistake changes nothing."""
    workspace.replace(build_records(workspace, body))
    return state_of(workspace)


@control_state.delete("/_mock/state")
@control_call()
def delete_state(workspace: Workspace) -> dict[str, dict[str, int]]:
    """Delete all records; the answer counts them. The ids start again from the same seed."""
    counts = wiped(workspace.records)
    workspace.replace(Records(ids=Ids(seed=workspace.records.ids.seed)))
    return {"wiped": counts}


@control_state.delete("/_mock/workspace")
@open_call(secured=True, status=204)
def delete_workspace(asked: Call) -> Answer:
    """Close the workspace and delete everything in it; the next call with its key opens a new one."""
    refuse_unknown(asked.query, ())
    asked.backend.store.close(bearer_key(asked))
    return Answer(status=204)
