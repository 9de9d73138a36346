"""The part of the report that only a what-if has: what would be different, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from custify_transformer.divergences.causes import UNEXPLAINED
from custify_transformer.divergences.table import find_divergence
from mock_custify.replay.fold.differences import FOLLOWS, KINDS
from mock_custify.replay.fold.settings import what_if_of
from mock_custify.replay.masking import masked
from mock_custify.replay.report import Cause, Change, Difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.replay.fold.plan import Plan
    from mock_custify.replay.fold.tally import Seen, Tally


def what_if(plan: Plan, tally: Tally) -> dict[str, Any]:
    """Return the parts of the report that only a what-if has."""
    if plan.against is None:
        return {"against": UNSET}
    causes = [cause_of(tally, cause) for cause in sorted({cause for cause, _, _ in tally.causes})]
    return {
        "against": plan.against.profile,
        "what_if": what_if_of(plan.main, plan.against),
        "difference": difference_of(dict(tally.difference)),
        "causes": sorted(causes, key=lambda one: (-one.messages, one.cause)),
    }


def difference_of(counts: Mapping[tuple[str, str], int]) -> Difference:
    """Return counts of (kind, word) as a difference."""
    words = ("gained", "lost", "changed")
    return Difference(**{kind: Change(*(counts.get((kind, word), 0) for word in words)) for kind in KINDS})


def cause_of(tally: Tally, cause: str) -> Cause:
    """Return what one cause makes different; a record with several causes counts for each."""
    counts = {(kind, word): count for (one, kind, word), count in tally.causes.items() if one == cause}
    seen = tally.changes.get(cause)
    if seen is None:
        return Cause(cause, meaning_of(cause), difference_of(counts), 0)
    fields = counted(seen)
    return Cause(cause, meaning_of(cause), difference_of(counts), fields.pop("count"), **fields)


def meaning_of(cause: str) -> str:
    """Return what a cause means: for a divergence, what production does, from docs/divergences.md."""
    if cause == FOLLOWS:
        return (
            "The record differs because another record does: the person of an event is missing, for example."
        )
    if cause == UNEXPLAINED:
        return "No row of docs/divergences.md explains it."
    row = find_divergence(cause)
    return f"In production: {row.observed}" if row else "This setting of the destination differs."


def counted(seen: Seen) -> dict[str, Any]:
    """Return the fields of what was counted with its smallest example, without personal data in it."""
    example = seen.example
    return {
        "count": seen.count,
        "example": masked(example.message),
        "file": example.file,
        "line": example.line,
    }
