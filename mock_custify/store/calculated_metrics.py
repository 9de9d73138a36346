"""The rules about calculated metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.errors import InvalidRequestError
from mock_custify.store.placing import place
from mock_custify.store.segments import AUDIENCES

if TYPE_CHECKING:
    from mock_custify.models.calculated_metric import CalculatedMetric
    from mock_custify.store.workspace import Workspace


def add_calculated_metric(workspace: Workspace, metric: CalculatedMetric) -> None:
    """Put a calculated metric of a state on record."""
    place(workspace, workspace.records.calculated_metrics, metric)


def find_calculated_metrics(workspace: Workspace, kind: str | None) -> list[CalculatedMetric]:
    """Return the calculated metrics of a kind of record, all of them for None; raise InvalidRequestError."""
    if kind is not None and kind not in AUDIENCES:
        raise InvalidRequestError(f"type {kind!r} is not known: use {', '.join(AUDIENCES)}")
    metrics = workspace.records.calculated_metrics
    return [one for one in metrics if kind is None or AUDIENCES[one.type] == AUDIENCES[kind]]
