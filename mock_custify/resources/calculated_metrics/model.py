"""A metric that Custify calculates."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.resources.segments.model import Audience
from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class CalculatedMetric(Struct, frozen=True, kw_only=True):
    """A calculated metric on record; the fake keeps its definition and no values."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: Audience = "company"
    frequency: str | None = None
    tags: tuple[str, ...] = ()
    created_at: DateText = ""
    updated_at: DateText = ""


CALCULATED_METRICS: Final = Section("calculated_metrics", CalculatedMetric, Collection[CalculatedMetric])
