"""The rules about calculated metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.resources.adding import place
from mock_custify.resources.segments.rules import is_for

if TYPE_CHECKING:
    from mock_custify.resources.calculated_metrics.model import CalculatedMetric
    from mock_custify.resources.segments.model import AskedAudience
    from mock_custify.workspace.workspace import Workspace


def add_calculated_metric(workspace: Workspace, metric: CalculatedMetric) -> None:
    """Put a calculated metric of a state on record."""
    place(workspace, workspace.records.calculated_metrics, metric)


def find_calculated_metrics(workspace: Workspace, kind: AskedAudience) -> list[CalculatedMetric]:
    """Return the calculated metrics of a kind of record, all of them for ""."""
    return [one for one in workspace.records.calculated_metrics if is_for(one.type, kind)]
