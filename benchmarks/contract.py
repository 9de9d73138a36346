"""What benchmarks/inprocess.py measures of the contract tests: making messages and cases, trying laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from custify_contract import strategies
from custify_contract.laws import get_law
from custify_contract.run import in_process_targets, run_law
from custify_contract.strategies import pools
from custify_contract.strategies.byte_choices import blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from custify_contract.law import Law
    from custify_contract.run.runner import Targets

    Run = Callable[[int, int], int]

LAWS: Final = (
    "identify.name",
    "group.plan",
    "track.name",
    "identify.updates",
    "track.one-event",
    "group.company-then-person",
    "association.exists.yes-yes",
    "faults.group",
)


def generating() -> dict[str, Run]:
    """Return runs that draw messages, one of them as one would draw without our strategies."""
    return {
        "identify messages": drawing(strategies.identify_messages()),
        "track messages": drawing(strategies.track_messages()),
        "group messages": drawing(strategies.group_messages()),
        "messages of any kind": drawing(strategies.messages()),
        "identify messages, of st.dictionaries": drawing(composed()),
    }


def holding() -> dict[str, Run]:
    """Return runs that try laws, and runs that only generate their cases."""
    targets, runs = in_process_targets(), {}
    for law in map(get_law, LAWS):
        runs[law.id] = trying(law, targets)
        runs[f"{law.id}, its cases only"] = decoding(law)
    return runs


def trying(law: Law, targets: Targets) -> Run:
    """Return a run of a law."""
    return lambda count, seed: run_law(law, targets, count, seed).tried


def decoding(law: Law) -> Run:
    """Return a run that makes the cases of a law and does nothing with them."""

    def run(count: int, seed: int) -> int:
        return sum(1 for block in blocks(law.cases.size, count, seed) if law.cases.value(block))

    return run


def drawing(messages: SearchStrategy[Any]) -> Run:
    """Return a run that draws messages with Hypothesis and does nothing with them."""

    def run(count: int, run_seed: int) -> int:
        drawn: list[None] = []
        quiet = settings(max_examples=count, database=None, suppress_health_check=list(HealthCheck))
        seed(run_seed)(quiet(given(messages)(lambda _: drawn.append(None))))()
        return len(drawn)

    return run


def composed() -> SearchStrategy[dict[str, Any]]:
    """Return identifies with our fields and pools, put together from the dictionaries of Hypothesis."""
    named = {
        "email": st.sampled_from((*pools.EMAILS.values(), *pools.FRESH_EMAILS)),
        "phone": st.sampled_from(("555 0100", "+49 30 1")),
        "sessionCount": st.sampled_from((0, 7, 2.5)),
        "unsubscribedFromEmails": st.booleans(),
        "unsubscribedFromCalls": st.booleans(),
        "name": st.sampled_from(pools.NAMES),
        "signedUpAt": st.sampled_from(pools.DATES),
        "company": st.fixed_dictionaries(
            {"id": st.sampled_from(pools.GROUPS)}, optional={"remove": st.booleans()}
        ),
    }
    others = st.dictionaries(st.sampled_from(pools.UNMAPPED), st.sampled_from(pools.SCALARS), max_size=2)
    always = {
        "type": st.just("identify"),
        "channel": st.sampled_from(("server", "web", "mobile")),
        "messageId": st.sampled_from(pools.MESSAGE_IDS),
        "timestamp": st.sampled_from(pools.TIMES),
        "traits": st.tuples(st.fixed_dictionaries({}, optional=named), others).map(
            lambda both: both[0] | both[1]
        ),
    }
    ids = {
        "userId": st.sampled_from(pools.USERS),
        "anonymousId": st.sampled_from(pools.ANONYMOUS),
    }
    return st.fixed_dictionaries(always, optional=ids)
