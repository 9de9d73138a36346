"""The calls about calculated metrics."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, SortingQuery
from mock_custify.resources.calculated_metrics import rules
from mock_custify.resources.calculated_metrics.model import CALCULATED_METRICS, CalculatedMetric
from mock_custify.resources.segments.model import Audience
from mock_custify.workspace import Workspace

calculated_metrics = Blueprint("calculated_metrics", __name__)


class MetricQuery(SortingQuery, kw_only=True):
    """Which page of the metrics, of companies or of people, and in which order."""

    type: Audience = "company"


class CalculatedMetricsPage(Struct, kw_only=True):
    """One page of calculated metrics, and the number of all calculated metrics."""

    calculated_metrics: list[CalculatedMetric]
    total: int


@calculated_metrics.get("/calculated_metric")
@call(statuses=(400,))
def list_calculated_metrics(workspace: Workspace, query: MetricQuery) -> CalculatedMetricsPage:
    """List calculated metrics, one page at a time."""
    found = rules.find_calculated_metrics(workspace, query.type, query.asked_sorting())
    return CalculatedMetricsPage(calculated_metrics=query.cut(found, LARGEST_OF_OTHERS), total=len(found))


@calculated_metrics.get("/calculated_metric/<metric>")
@call()
def get_calculated_metric(workspace: Workspace, metric: str) -> CalculatedMetricsPage:
    """Read a calculated metric, in a list of one; an unknown id gives an empty list."""
    known = workspace.records[CALCULATED_METRICS].get(metric)
    return CalculatedMetricsPage(calculated_metrics=[known] if known else [], total=int(known is not None))
