"""The rules about lifecycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.resources.adding import place

if TYPE_CHECKING:
    from mock_custify.resources.lifecycles.model import Lifecycle
    from mock_custify.workspace.workspace import Workspace


def add_lifecycle(workspace: Workspace, lifecycle: Lifecycle) -> None:
    """Put a lifecycle of a state on record."""
    place(workspace, workspace.records.lifecycles, lifecycle)


def lifecycles_in_order(workspace: Workspace) -> list[Lifecycle]:
    """Return the lifecycles by their position, those without one last."""
    return sorted(
        workspace.records.lifecycles,
        key=lambda one: float("inf") if one.position is None else one.position,
    )
