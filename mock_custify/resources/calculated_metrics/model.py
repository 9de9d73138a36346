"""A metric that Custify calculates, and the values it had over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.resources.segments.model import Audience
from mock_custify.resources.value_log import ValueLog
from mock_custify.values import DateText, Number, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

if TYPE_CHECKING:
    from mock_custify.workspace.workspace import Workspace


class CalculatedMetric(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored calculated metric; `frequency` is in hours, `type` is kept as company or people."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: Audience = "companies"
    frequency: Number | None = None
    tags: tuple[str, ...] = EMPTY_LIST
    created_at: DateText = ""
    updated_at: DateText = ""


class CalculatedMetricValue(Struct, frozen=True, kw_only=True):
    """The value of a calculated metric of one company at one date; the newest one counts.

    `company` is the internal id, `company_id` is your id; in a state, `company_id` may have either.
    """

    id: str = ""
    _id: str = ""
    calculated_metric_id: str
    company: str | None = None
    company_id: Text | None = None
    value: int | float
    date: DateText = ""
    created_at: DateText = ""
    updated_at: DateText = ""


CALCULATED_METRICS: Final = Section("calculated_metrics", CalculatedMetric, Collection[CalculatedMetric])
CALCULATED_METRIC_VALUES: Final = Section(
    "calculated_metric_values",
    CalculatedMetricValue,
    lambda: ValueLog[CalculatedMetricValue]("calculated_metric_id"),
)


def metric_value_of(workspace: Workspace, company: str, metric_id: str) -> int | float | None:
    """Return the newest value of a calculated metric of a company by its internal id; None for no value."""
    newest = workspace.records[CALCULATED_METRIC_VALUES].newest_of(company).get(metric_id)
    return newest.value if newest else None
