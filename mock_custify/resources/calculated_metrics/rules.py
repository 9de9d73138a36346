"""The rules about calculated metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.resources.adding import place
from mock_custify.resources.calculated_metrics.model import CALCULATED_METRICS
from mock_custify.resources.segments.rules import is_for

if TYPE_CHECKING:
    from mock_custify.resources.calculated_metrics.model import CalculatedMetric
    from mock_custify.resources.segments.model import AskedAudience
    from mock_custify.workspace.workspace import Workspace


@CALCULATED_METRICS.adds
def add_calculated_metric(workspace: Workspace, metric: CalculatedMetric) -> None:
    """Put a calculated metric of a state on record."""
    place(workspace, CALCULATED_METRICS, metric)


def find_calculated_metrics(workspace: Workspace, kind: AskedAudience) -> list[CalculatedMetric]:
    """Return the calculated metrics of a kind of record, all of them for ""."""
    return [one for one in workspace.records[CALCULATED_METRICS] if is_for(one.type, kind)]
