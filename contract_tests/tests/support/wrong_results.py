"""Wrong results of a case: each value in what was sent, answered and stored is changed, one at a time."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, structs

from custify_contract.law import BrokenLawError, Trial
from custify_contract.observed_state import ObservedState
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.run.runner import law_seed
from custify_contract.strategies.byte_choices import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_contract.law import Law

CASES: Final = 3  # of each law
EXAMPLES: Final = 100
CRASH: Final = "(a result that cannot be read)"
MOST: Final = 8  # entries of one object or list that are changed
KEPT: Final = frozenset(
    {
        "message",
        "settings",
        "created",
        "messages",
        "case",
        "transformer",
        "custify",
        "looked",
        "before",
        "ran",
    }
)


def wrong(value: Any) -> Iterator[Any]:
    """Yield the value with one change."""
    if isinstance(value, dict):
        yield {**value, "wrong": "wrong"}
        for key in [*value][:MOST]:
            yield {name: one for name, one in value.items() if name != key}
            yield from ({**value, key: changed} for changed in wrong(value[key]))
    elif isinstance(value, (list, tuple)):
        yield from wrong_list(value)
    elif isinstance(value, Struct):
        for name, part in structs.asdict(value).items():
            yield from (structs.replace(value, **{name: changed}) for changed in wrong(part))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from wrong_record(value)
    else:
        yield wrong_scalar(value)


def wrong_scalar(value: Any) -> Any:
    """Return another text, number or boolean; a text for null."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return f"{value}?" if isinstance(value, str) else "wrong"


def wrong_list(value: Any) -> Iterator[Any]:
    """Yield a list or a tuple without its last entry, with it twice, and with one entry changed."""
    kind = type(value)
    yield kind([*value[:-1]]) if value else kind(["wrong"])
    if value:
        yield kind([*value, value[-1]])
        yield kind([*reversed(value)])
    for place in range(min(len(value), MOST)):
        yield from (kind([*value[:place], one, *value[place + 1 :]]) for one in wrong(value[place]))


def wrong_record(value: Any) -> Iterator[Any]:
    """Yield a dataclass with one field changed; a state never becomes one with entries of another type."""
    for field in dataclasses.fields(value):
        if field.name in KEPT:
            continue
        others = [None] if field.name == "refusal" else []
        for changed in [*wrong(getattr(value, field.name)), *others]:
            is_odd = isinstance(changed, tuple) and "wrong" in changed
            if not is_odd and not (isinstance(value, ObservedState) and changed == "wrong"):
                yield dataclasses.replace(value, **{field.name: changed})


@cache
def our_custify() -> InProcessCustify:
    """Return one fake for all laws: each case starts with an empty workspace."""
    return InProcessCustify()


def results_of(law: Law) -> Iterator[Trial]:
    """Yield the trials of the first cases of a law, on our own targets."""
    size, custify = law.cases.size, our_custify()
    for number, block in enumerate(blocks(size, EXAMPLES if size else 1, law_seed(law, 0))):
        if number == CASES:
            return
        trial = Trial(InProcessTransformer(), custify, law.cases.value(block))
        trial.prepare(sends=law.sends)
        law.act(trial)
        if law.sends:
            trial.state = custify.observe()
        yield trial


def noticed(law: Law) -> Counter[str]:
    """Return how many wrong results a law notices, by the expectation that they break; "" for none."""
    found: Counter[str] = Counter()
    for trial in results_of(law):
        law.check(trial)
        for changed in wrong_record(trial):
            try:
                law.check(changed)
                found[""] += 1
            except BrokenLawError as error:
                found[reason(str(error))] += 1
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                found[CRASH] += 1
    return found


def reason(text: str) -> str:
    """Return the words of an error before its values."""
    return re.split(r"[:\"'{\[]|\d{2,}", text.partition(" (expected -> found)")[0])[0].strip()[:90]
