"""The calls about objectives."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.model import Direction, Filter, Sorting
from mock_custify.api.paging import LARGEST_OF_OTHERS, FiltersText, PageQuery, asked_filters
from mock_custify.resources.objectives import rules
from mock_custify.resources.objectives.model import Objective
from mock_custify.workspace import Workspace

objectives = Blueprint("objectives", __name__)


class ObjectiveQuery(PageQuery, kw_only=True):
    """Which page of the objectives, of which company, and in which order: not by `sorting` here."""

    company: str | None = None
    company_id: str | None = None
    filters: FiltersText = ""
    sort: str = ""
    order: Direction = "desc"


class ObjectivesPage(Struct, kw_only=True):
    """One page of objectives and how many there are in all."""

    objectives: list[Objective]
    total: int


@objectives.get("/objective")
@call(statuses=(400,))
def list_objectives(workspace: Workspace, query: ObjectiveQuery) -> ObjectivesPage:
    """List the objectives of a company, or all; an unknown company has none."""
    filters = asked_filters(query.filters, Filter)
    sorting = Sorting(field=query.sort, direction=query.order) if query.sort else None
    company = rules.company_asked(workspace, query.company, query.company_id)
    found = rules.find_objectives(workspace, company, filters, sorting)
    return ObjectivesPage(objectives=query.cut(found, LARGEST_OF_OTHERS), total=len(found))
