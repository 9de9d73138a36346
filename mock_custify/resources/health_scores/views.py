"""The calls about health scores."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct, field

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, PageQuery, SortingQuery
from mock_custify.resources.health_scores import rules
from mock_custify.resources.health_scores.model import HEALTH_SCORES, HealthScore, HealthScoreValue
from mock_custify.resources.ordering import in_order
from mock_custify.workspace import Workspace

health_scores = Blueprint("health_scores", __name__)


class HealthScoreQuery(PageQuery, kw_only=True):
    """Which page of the values, of one company or of all."""

    company_id: str | None = field(default=None, name="companyId")


class HealthScoresPage(Struct, kw_only=True):
    """One page of health scores, and the number of all health scores."""

    health_scores: list[HealthScore]
    total: int


class HealthScoreValues(Struct, kw_only=True):
    """One page of values, the number of all values, and statistics of all values."""

    values: list[HealthScoreValue]
    total: int
    average: float | None
    min: int | float | None
    max: int | float | None
    median: int | float | None


@health_scores.get("/health_score")
@call(statuses=(400,))
def list_health_scores(workspace: Workspace, query: SortingQuery) -> HealthScoresPage:
    """List health scores, oldest first, one page at a time."""
    found = in_order(list(workspace.records[HEALTH_SCORES]), HealthScore, query.asked_sorting())
    return HealthScoresPage(health_scores=query.cut(found, LARGEST_OF_OTHERS), total=len(found))


@health_scores.get("/health_score/<score>")
@call()
def get_health_score(workspace: Workspace, score: str) -> HealthScoresPage:
    """Read a health score, in a list of one; an unknown id gives an empty list."""
    known = workspace.records[HEALTH_SCORES].get(score)
    return HealthScoresPage(health_scores=[known] if known else [], total=int(known is not None))


@health_scores.get("/health_score/simple")
@call()
def list_all_health_scores(workspace: Workspace) -> list[HealthScore]:
    """List all health scores, without pages."""
    return list(workspace.records[HEALTH_SCORES])


@health_scores.get("/health_score/<score>/values")
@call(statuses=(400, 404))
def list_values(workspace: Workspace, score: str, query: HealthScoreQuery) -> HealthScoreValues:
    """List the values of a health score, newest first."""
    found = rules.values_of(workspace, score, query.company_id)
    return HealthScoreValues(values=query.cut(found), total=len(found), **rules.figures_of(found))
