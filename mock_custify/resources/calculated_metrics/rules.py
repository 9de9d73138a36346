"""The rules about calculated metrics and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.resources.adding import complete, place
from mock_custify.resources.calculated_metrics.model import (
    CALCULATED_METRIC_VALUES,
    CALCULATED_METRICS,
    CalculatedMetric,
)
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.ordering import in_order
from mock_custify.resources.segments.rules import is_for, singular
from mock_custify.values import as_number, named

if TYPE_CHECKING:
    from mock_custify.api.filters.model import Sorting
    from mock_custify.resources.calculated_metrics.model import CalculatedMetricValue
    from mock_custify.resources.segments.model import Audience
    from mock_custify.workspace.workspace import Workspace


@CALCULATED_METRICS.adds
def add_calculated_metric(workspace: Workspace, metric: CalculatedMetric) -> None:
    """Store a calculated metric of a state."""
    hours = None if metric.frequency is None else as_number(metric.frequency)
    metric = structs.replace(metric, type=singular(metric.type), frequency=hours)
    place(workspace, CALCULATED_METRICS, metric)


@CALCULATED_METRIC_VALUES.adds
def add_calculated_metric_value(workspace: Workspace, value: CalculatedMetricValue) -> None:
    """Store a value of a state under its company."""
    own_id = named(value.company_id)
    company = referred_company(workspace, value.company or own_id or "")
    names = {"company": company.id, "company_id": company.company_id} if company else {"company_id": own_id}
    value = complete(workspace, structs.replace(value, **names))
    dated = structs.replace(value, date=value.date or value.created_at)
    place(workspace, CALCULATED_METRIC_VALUES, dated)


def find_calculated_metrics(
    workspace: Workspace, kind: Audience, sorting: Sorting | None
) -> list[CalculatedMetric]:
    """Return the calculated metrics of a kind of record, oldest first unless sorted."""
    found = [one for one in workspace.records[CALCULATED_METRICS] if is_for(one.type, kind)]
    return in_order(found, CalculatedMetric, sorting)


@CALCULATED_METRIC_VALUES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the values of a deleted company out."""
    workspace.records[CALCULATED_METRIC_VALUES].forget(record_id)
