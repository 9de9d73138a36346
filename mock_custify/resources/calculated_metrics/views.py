"""The calls about calculated metrics."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, PageQuery
from mock_custify.resources.calculated_metrics import rules
from mock_custify.resources.calculated_metrics.model import CalculatedMetric
from mock_custify.resources.segments.model import AskedAudience
from mock_custify.workspace import Workspace

calculated_metrics = Blueprint("calculated_metrics", __name__)


class MetricQuery(PageQuery, kw_only=True):
    """Which page of the metrics, of companies or of people."""

    type: AskedAudience = ""


class CalculatedMetricsPage(Struct, kw_only=True):
    """One page of calculated metrics and how many there are in all."""

    calculated_metrics: list[CalculatedMetric]
    total: int


@calculated_metrics.get("/calculated_metric")
@call(statuses=(400,))
def list_calculated_metrics(workspace: Workspace, query: MetricQuery) -> CalculatedMetricsPage:
    """List calculated metrics, one page at a time."""
    found = rules.find_calculated_metrics(workspace, query.type)
    return CalculatedMetricsPage(calculated_metrics=query.cut(found, LARGEST_OF_OTHERS), total=len(found))
