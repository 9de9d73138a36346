"""The calls about lifecycles."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.api.gate import gate
from mock_custify.api.paging import PageQuery
from mock_custify.resources.lifecycles import rules
from mock_custify.resources.lifecycles.model import Lifecycle
from mock_custify.workspace import Workspace

endpoints = Endpoints("Lifecycles", around=gate)


class LifecyclesPage(Struct, kw_only=True):
    """One page of lifecycles and how many there are in all."""

    lifecycles: list[Lifecycle]
    total: int


@endpoints.get("/lifecycle", query=PageQuery, answer=LifecyclesPage, statuses=(400,))
def list_lifecycles(workspace: Workspace, query: PageQuery) -> LifecyclesPage:
    """List lifecycles by their position, one page at a time."""
    found = rules.lifecycles_in_order(workspace)
    return LifecyclesPage(lifecycles=query.cut(found), total=len(found))
