"""A health score, the values it had over time, and the newest one as a company shows it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.resources.value_log import ValueLog
from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class ScoreRange(Struct, frozen=True, kw_only=True):
    """The name of the values from `min` to `max`."""

    label: str | None = None
    color: str | None = None
    min: int | float | None = None
    max: int | float | None = None


class HealthScore(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored health score; `kpiType` is what it measures, such as event."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: str | None = None
    weight: int | float | None = None
    kpiType: str | None = None
    globalHealthScoreImpact: str | None = None
    ranges: tuple[ScoreRange, ...] = EMPTY_LIST
    tags: tuple[str, ...] = EMPTY_LIST
    created_at: DateText = ""
    updated_at: DateText = ""


NO_RANGE: Final = ScoreRange()


def range_of(score: HealthScore, value: float) -> ScoreRange:
    """Return the range of a score that a value lies in, both ends included; one without words for none."""
    for one in score.ranges:
        if (one.min is None or one.min <= value) and (one.max is None or value <= one.max):
            return one
    return NO_RANGE


class HealthScoreValue(Struct, frozen=True, kw_only=True):
    """The value of a health score of one company on one day.

    `company` is the internal id, `company_id` is your id; in a state, `company_id` may have either.
    """

    id: str = ""
    _id: str = ""
    health_score_id: str
    company: str | None = None
    company_id: str | None = None
    value: int | float
    absolute_value: int | float | None = None
    label: str | None = None
    color: str | None = None
    date: DateText = ""
    created_at: DateText = ""
    updated_at: DateText = ""


class CompanyScore(Struct, frozen=True, kw_only=True):
    """The newest value of a health score of a company."""

    score: int | float
    absolute_value: int | float | None
    label: str | None
    color: str | None
    updated_at: DateText


HEALTH_SCORES: Final = Section("health_scores", HealthScore, Collection[HealthScore])
HEALTH_SCORE_VALUES: Final = Section(
    "health_score_values", HealthScoreValue, lambda: ValueLog[HealthScoreValue]("health_score_id")
)
