"""Whether messages of one form differ in the same way between the profiles, whatever their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.divergences.differences import different_parts, outcome_of

if TYPE_CHECKING:
    from mock_custify.replay.fold.settings import Transformed


def same(one: Transformed, other: Transformed) -> bool:
    """Tell whether two results are the same to the last type and the last name, in the same order."""
    return repr(one) == repr(other)


def are_alike(pairs: list[tuple[Transformed, Transformed]]) -> bool:
    """Tell whether in all messages of a form the same parts differ between the profiles, whatever the values.

    In probes all values differ. What differs there may be equal in others, unless names are missing.
    """
    outcomes = [[outcome_of(made.requests, made.refusal) for made in pair] for pair in pairs]
    parts = [different_parts(*pair) for pair in outcomes]
    return parts.count(parts[0]) == len(parts) and not any(
        may_be_equal(part, *outcomes[-1]) for part in parts[-1]
    )


def parts_of(one: Transformed, other: Transformed) -> set[str]:
    """Return the parts in which two results for a message differ."""
    return different_parts(*(outcome_of(made.requests, made.refusal) for made in (one, other)))


def may_be_equal(part: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether a part that differs in these outcomes is there in both, with the same names."""
    wanted, _, name = part.partition(".")
    for (endpoint, mine), (_, theirs) in zip(one["requests"], other["requests"], strict=False):
        if endpoint == wanted and name in mine and name in theirs:
            first, second = mine[name], theirs[name]
            return not (
                isinstance(first, dict) and isinstance(second, dict) and first.keys() != second.keys()
            )
    return False
