"""The rules about lifecycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.resources.adding import place
from mock_custify.resources.lifecycles.model import LIFECYCLES

if TYPE_CHECKING:
    from mock_custify.resources.lifecycles.model import Lifecycle
    from mock_custify.workspace.workspace import Workspace


@LIFECYCLES.adds
def add_lifecycle(workspace: Workspace, lifecycle: Lifecycle) -> None:
    """Put a lifecycle of a state on record."""
    place(workspace, LIFECYCLES, lifecycle)


def lifecycles_in_order(workspace: Workspace) -> list[Lifecycle]:
    """Return the lifecycles by their position, those without one last."""
    return sorted(
        workspace.records[LIFECYCLES],
        key=lambda one: float("inf") if one.position is None else one.position,
    )
