"""The calls about objectives."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.model import Filter
from mock_custify.api.paging import LARGEST_OF_OTHERS, FiltersText, asked_filters
from mock_custify.resources.objectives import rules
from mock_custify.resources.objectives.model import Objective
from mock_custify.resources.ordering import EitherSortingQuery
from mock_custify.workspace import Workspace

objectives = Blueprint("objectives", __name__)


class ObjectiveQuery(EitherSortingQuery, kw_only=True):
    """Which page of the objectives of a company, and in which order; `company` is an internal id."""

    company: str | None = None
    company_id: str | None = None
    filters: FiltersText = ""


class ObjectivesPage(Struct, kw_only=True):
    """One page of objectives, the number of all objectives, and the number and size of the page."""

    objectives: list[Objective]
    total: int
    page: int
    itemsPerPage: int


@objectives.get("/objective")
@call(statuses=(400, 404))
def list_objectives(workspace: Workspace, query: ObjectiveQuery) -> ObjectivesPage:
    """List the objectives of a company, the newest first."""
    filters = asked_filters(query.filters, Filter)
    company = rules.company_asked(workspace, query.company, query.company_id)
    found = rules.find_objectives(workspace, company, filters, query.asked_sorting())
    return ObjectivesPage(
        objectives=query.cut(found, LARGEST_OF_OTHERS),
        total=len(found),
        page=query.page,
        itemsPerPage=min(query.items_per_page, LARGEST_OF_OTHERS),
    )
