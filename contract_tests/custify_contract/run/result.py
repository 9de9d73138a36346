"""The result of checking one law."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custify_contract.law import Law, Trial

Outcome: TypeAlias = Literal["holds", "broken", "not visible", "not tried"]


@dataclass(frozen=True)
class Result:
    """The result of checking a law: its outcome, the number of examples `tried`, and the run time in seconds.

    For a broken law, `trial` is the smallest case that breaks it, and `broken` is the error of that case.
    `rules` is how often each rule of a state machine ran, in all cases before the search for a smaller one.
    """

    law: Law
    outcome: Outcome
    tried: int
    seed: int
    examples: int
    seconds: float = 0.0
    trial: Trial | None = None
    broken: str = ""
    rules: Mapping[str, int] = field(default_factory=dict)
