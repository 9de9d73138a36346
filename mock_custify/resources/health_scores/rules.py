"""The rules about health scores and their values."""

from __future__ import annotations

from statistics import fmean, median
from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.api.lists import newest_first
from mock_custify.errors import NotFoundError
from mock_custify.resources.adding import complete, place
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.health_scores.model import HEALTH_SCORE_VALUES, HEALTH_SCORES, ScoreRange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.resources.health_scores.model import HealthScore, HealthScoreValue
    from mock_custify.workspace.workspace import Workspace

NO_RANGE: Final = ScoreRange()


@HEALTH_SCORES.adds
def add_health_score(workspace: Workspace, score: HealthScore) -> None:
    """Store a health score of a state."""
    place(workspace, HEALTH_SCORES, score)


@HEALTH_SCORE_VALUES.adds
def add_health_score_value(workspace: Workspace, value: HealthScoreValue) -> None:
    """Store a value of a state under its company, with the name of its range."""
    company = referred_company(workspace, value.company or value.company_id or "")
    if company is not None:
        value = structs.replace(value, company=company.id, company_id=company.company_id)
    named = range_of(workspace, value)
    value = structs.replace(value, label=value.label or named.label, color=value.color or named.color)
    value = complete(workspace, value)
    dated = structs.replace(value, date=value.date or value.created_at)
    place(workspace, HEALTH_SCORE_VALUES, dated)


def range_of(workspace: Workspace, value: HealthScoreValue) -> ScoreRange:
    """Return the range of the health score that a value lies in; a range without names if there is none."""
    score = workspace.records[HEALTH_SCORES].get(value.health_score_id)
    ranges = score.ranges if score else ()
    return next((one for one in ranges if holds(one, value.value)), NO_RANGE)


def holds(one: ScoreRange, value: float) -> bool:
    """Tell whether a range holds a value, its ends included; an end that is missing is open."""
    return (one.min is None or one.min <= value) and (one.max is None or value <= one.max)


def values_of(workspace: Workspace, score_id: str, company: str | None) -> list[HealthScoreValue]:
    """Return the values of a health score, newest first, of one company or of all; raise NotFoundError."""
    if workspace.records[HEALTH_SCORES].get(score_id) is None:
        raise NotFoundError(f"there is no health score with the id {score_id!r}")
    found = [value for value in workspace.records[HEALTH_SCORE_VALUES] if value.health_score_id == score_id]
    about = [value for value in found if not company or company in {value.company, value.company_id}]
    return newest_first(about, "date")


@HEALTH_SCORE_VALUES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the values of a deleted company out."""
    workspace.records[HEALTH_SCORE_VALUES].forget(record_id)


def figures_of(values: Sequence[HealthScoreValue]) -> dict[str, float | None]:
    """Return average, min, max and median of the values, each None when there are none."""
    numbers = [value.value for value in values]
    if not numbers:
        return dict.fromkeys(("average", "min", "max", "median"))
    return {"average": fmean(numbers), "min": min(numbers), "max": max(numbers), "median": median(numbers)}
