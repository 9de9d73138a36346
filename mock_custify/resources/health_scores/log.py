"""The values of health scores over time, and the newest one of each score for each company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.api.lists import moment_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_custify.resources.health_scores.model import HealthScoreValue


class ScoreLog:
    """Values of health scores as they were put on record."""

    def __init__(self) -> None:
        self.by_id: dict[str, HealthScoreValue] = {}
        self.newest: dict[str, dict[str, HealthScoreValue]] = {}

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self.by_id)

    def __iter__(self) -> Iterator[HealthScoreValue]:
        """Return the values in the order they were put on record."""
        return iter(self.by_id.values())

    def get(self, value_id: str) -> HealthScoreValue | None:
        """Return the value of an internal id, or None."""
        return self.by_id.get(value_id)

    def newest_of(self, company: str) -> Mapping[str, HealthScoreValue]:
        """Return the newest value of each health score of a company, by the id of the score."""
        return self.newest.get(company, {})

    def put(self, value: HealthScoreValue) -> None:
        """Put a value on record."""
        self.by_id[value.id] = value
        scores = self.newest.setdefault(value.company or "", {})
        known = scores.get(value.health_score_id)
        if known is None or moment_key(known.date) <= moment_key(value.date):
            scores[value.health_score_id] = value

    def copy(self) -> ScoreLog:
        """Return a copy that shares only the values, which are immutable."""
        twin = ScoreLog()
        twin.by_id = dict(self.by_id)
        twin.newest = {company: dict(scores) for company, scores in self.newest.items()}
        return twin
