"""The calls about lifecycles."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.resources.lifecycles import rules
from mock_custify.resources.lifecycles.model import LIFECYCLES, Lifecycle
from mock_custify.resources.ordering import EitherSortingQuery
from mock_custify.workspace import Workspace

lifecycles = Blueprint("lifecycles", __name__)


class LifecyclesPage(Struct, kw_only=True):
    """One page of lifecycles, and the number of all lifecycles."""

    lifecycles: list[Lifecycle]
    total: int


@lifecycles.get("/lifecycle")
@call(statuses=(400,))
def list_lifecycles(workspace: Workspace, query: EitherSortingQuery) -> LifecyclesPage:
    """List lifecycles by their position, one page at a time."""
    found = rules.lifecycles_in_order(workspace, query.asked_sorting())
    return LifecyclesPage(lifecycles=query.cut(found), total=len(found))


@lifecycles.get("/lifecycle/<lifecycle>")
@call()
def get_lifecycle(workspace: Workspace, lifecycle: str) -> LifecyclesPage:
    """Read a lifecycle, in a list of one; an unknown id gives an empty list."""
    known = workspace.records[LIFECYCLES].get(lifecycle)
    return LifecyclesPage(lifecycles=[known] if known else [], total=int(known is not None))
