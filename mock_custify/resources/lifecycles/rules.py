"""The rules about lifecycles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.api.filters.model import Sorting
from mock_custify.resources.adding import place
from mock_custify.resources.lifecycles.model import LIFECYCLES, Lifecycle
from mock_custify.resources.ordering import in_order
from mock_custify.resources.users import find_user
from mock_custify.values import named

if TYPE_CHECKING:
    from mock_custify.workspace.workspace import Workspace

BY_POSITION: Final = Sorting(field="position", direction="asc")


@LIFECYCLES.adds
def add_lifecycle(workspace: Workspace, lifecycle: Lifecycle) -> None:
    """Store a lifecycle of a state, with the names of the users that made and changed it."""
    authors: dict[str, str | None] = {}
    for role in ("created_by", "updated_by"):
        user = find_user(workspace, getattr(lifecycle, role))
        if user is not None:
            given = getattr(lifecycle, f"{role}_name")
            authors |= {role: user.id, f"{role}_name": given or user.name}
    days = {name: named(getattr(lifecycle, name)) for name in ("daysToComplete", "daysToStuck")}
    place(workspace, LIFECYCLES, structs.replace(lifecycle, **authors, **days))


def lifecycles_in_order(workspace: Workspace, sorting: Sorting | None) -> list[Lifecycle]:
    """Return the lifecycles by their position unless sorted, those without one last."""
    return in_order(list(workspace.records[LIFECYCLES]), Lifecycle, sorting or BY_POSITION)
