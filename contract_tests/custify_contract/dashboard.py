"""The laws, the divergences and the results of a run as JSON, for the dashboard of the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.laws import ALL
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.runner import in_process_targets, run_law
from custify_transformer.divergences.table import divergences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_contract.run.result import Result

LAW_FIELDS: Final = ("id", "section", "source", "level")
DIVERGENCE_FIELDS: Final = ("id", "page", "observed", "message", "law", "harm")


def law_rows() -> list[dict[str, Any]]:
    """Return every law."""
    return [{name: getattr(law, name) for name in LAW_FIELDS} for law in ALL]


def divergence_rows() -> list[dict[str, Any]]:
    """Return every known divergence."""
    return [{name: getattr(one, name) for name in DIVERGENCE_FIELDS} for one in divergences()]


def run_rows(profile: str, examples: int, seed: int) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield (law id, None) before each law is checked, then (law id, its result)."""
    targets = in_process_targets(profile)
    for law in ALL:
        yield law.id, None
        yield law.id, result_row(run_law(law, targets, examples, seed))


def result_row(result: Result) -> dict[str, Any]:
    """Return a result; for a broken law with the messages of its smallest case and known divergences."""
    messages = [step.message for step in result.trial.steps if step.message] if result.trial else []
    known = [one.id for one in known_divergences(result)] if result.trial else []
    return {
        "verdict": result.outcome,
        "tried": result.tried,
        "broken": result.broken,
        "messages": messages,
        "known": known,
        "rules": dict(result.rules),
    }
