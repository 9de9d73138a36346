"""Named snapshots of a workspace: what it remembers, put aside to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mock_custify.errors import InvalidRequestError, NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from mock_custify.workspace.records import Records
    from mock_custify.workspace.workspace import Workspace

MOST_SNAPSHOTS: Final = 100


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The records of a workspace at one moment; nothing changes them any more."""

    records: Records
    taken_at: datetime


def take_snapshot(workspace: Workspace, name: str) -> Snapshot:
    """Put the records aside under `name`, in place of an older snapshot of that name.

    Raises InvalidRequestError when there are too many. The cost is one copy of the look-ups, not of the
    records, which are immutable; a single snapshot may be of any size.
    """
    others = [one for key, one in workspace.snapshots.items() if key != name]
    if len(others) >= MOST_SNAPSHOTS:
        raise InvalidRequestError(f"there are {MOST_SNAPSHOTS} snapshots already: delete one first")
    held = sum(one.records.count() for one in others)
    most = workspace.limits.snapshot_records
    if others and held + workspace.records.count() > most:
        raise InvalidRequestError(
            f"the snapshots would hold more than {most} records with this one: delete one first"
        )
    snapshot = Snapshot(workspace.records.copy(), workspace.clock.now())
    workspace.snapshots[name] = snapshot
    return snapshot


def get_snapshot(workspace: Workspace, name: str) -> Snapshot:
    """Return the snapshot of a name; raise NotFoundError."""
    snapshot = workspace.snapshots.get(name)
    if snapshot is None:
        known = ", ".join(sorted(workspace.snapshots)) or "none"
        raise NotFoundError(f"there is no snapshot {name!r}: the workspace has {known}")
    return snapshot


def restore_snapshot(workspace: Workspace, name: str) -> Snapshot:
    """Make the workspace what it was at a snapshot, which stays; raise NotFoundError."""
    snapshot = get_snapshot(workspace, name)
    workspace.replace(snapshot.records.copy())
    return snapshot
