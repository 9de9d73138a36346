"""The control calls about named snapshots and the reset of a workspace."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import control_call
from mock_custify.errors import InvalidRequestError
from mock_custify.state.state import wiped
from mock_custify.values import iso
from mock_custify.workspace import Workspace
from mock_custify.workspace import snapshots as rules

control_snapshots = Blueprint("control_snapshots", __name__)
LONGEST_NAME = 200


class SnapshotAnswer(Struct):
    """A snapshot: its name, when it was taken, and the number of records of each kind."""

    name: str
    taken_at: str
    counts: dict[str, int]


class SnapshotList(Struct):
    """All snapshots of a workspace, in the order in which their names were first used."""

    snapshots: list[SnapshotAnswer]


@control_snapshots.get("/_mock/snapshots")
@control_call()
def list_snapshots(workspace: Workspace) -> SnapshotList:
    """List the snapshots of the workspace."""
    return SnapshotList([snapshot_answer(workspace, name) for name in workspace.snapshots])


@control_snapshots.put("/_mock/snapshots/<name>")
@control_call(statuses=(400,))
def put_snapshot(workspace: Workspace, name: str) -> SnapshotAnswer:
    """Take a snapshot with a name; it replaces an older one with the same name."""
    if len(name) > LONGEST_NAME:
        raise InvalidRequestError(f"the name of a snapshot has at most {LONGEST_NAME} characters")
    rules.take_snapshot(workspace, name)
    return snapshot_answer(workspace, name)


@control_snapshots.post("/_mock/snapshots/<name>/restore")
@control_call(statuses=(404,))
def restore_snapshot(workspace: Workspace, name: str) -> SnapshotAnswer:
    """Restore the workspace to the state of the snapshot."""
    rules.restore_snapshot(workspace, name)
    return snapshot_answer(workspace, name)


@control_snapshots.delete("/_mock/snapshots/<name>")
@control_call(statuses=(404,))
def delete_snapshot(workspace: Workspace, name: str) -> SnapshotAnswer:
    """Delete a snapshot; the answer counts its records."""
    gone = snapshot_answer(workspace, name)
    del workspace.snapshots[name]
    return gone


@control_snapshots.post("/_mock/reset")
@control_call()
def reset(workspace: Workspace) -> dict[str, dict[str, int]]:
    """Set everything back to the start: records, journal, faults, rate limit, clock, seed, snapshots."""
    counts = wiped(workspace.records)
    workspace.reset()
    return {"wiped": counts}


def snapshot_answer(workspace: Workspace, name: str) -> SnapshotAnswer:
    """Return a snapshot as an answer shows it; raise NotFoundError."""
    snapshot = rules.get_snapshot(workspace, name)
    return SnapshotAnswer(name, iso(snapshot.taken_at), wiped(snapshot.records))
