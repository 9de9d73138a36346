"""Runs the state machine on random sequences, and makes a failing sequence shorter."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Final, TypeAlias

from custify_contract.law import BrokenLawError, Case, Trial
from custify_contract.laws.fake.machine import BLOCK_SIZE, RULES, SequenceMachine
from custify_contract.laws.fake.sequence import THEMES
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.strategies.byte_choices import ByteChoices

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXAMPLES: Final = 30
STEPS: Final = 25
Steps: TypeAlias = list[tuple[str, bytes]]  # the rule and its choices


def rule_names() -> list[str]:
    """Return the names under which the rules are counted."""
    return list(RULES)


def run_machine(
    examples: int = EXAMPLES,
    run_seed: int = 0,
    machine: type[SequenceMachine] = SequenceMachine,
    make_custify: Callable[[], InProcessCustify] = InProcessCustify,
) -> Counter[str]:
    """Return how often each rule ran; raise AssertionError for an unexpected state or an unused rule.

    Each second sequence has the rules of one theme. The same seed gives the same sequences. The error has
    the shortest sequence that was found.
    """
    counts: Counter[str] = Counter()
    for example in range(examples):
        theme = THEMES[example // 2 % len(THEMES)] if example % 2 else rule_names()
        steps = random_steps(Random(f"{run_seed} {example}"), theme)  # noqa: S311 - not a secret
        counts.update(name for name, _ in steps)
        if failure_of(steps, machine, make_custify):
            raise AssertionError(shortest_failure(steps, machine, make_custify))
    expect_every_rule(counts)
    return counts


def random_steps(random: Random, theme: Sequence[str]) -> Steps:
    """Return a sequence: the names of rules of a theme, each with a block of choices."""
    return [(random.choice(theme), random.randbytes(BLOCK_SIZE)) for _ in range(STEPS)]


def failure_of(
    steps: Steps, machine: type[SequenceMachine], make_custify: Callable[[], InProcessCustify]
) -> str:
    """Return why a sequence does not end in the expected state, "" if it does."""
    custify = make_custify()
    custify.reset()
    run = machine(Trial(InProcessTransformer(), custify, Case()))
    try:
        for name, block in steps:
            RULES[name](run, ByteChoices(block))
            run.has_the_expected_state()
    except BrokenLawError as error:
        return str(error)
    return ""


def shortest_failure(
    steps: Steps, machine: type[SequenceMachine], make_custify: Callable[[], InProcessCustify]
) -> str:
    """Return the failure of the sequence without each step that it does not need."""
    for place in reversed(range(len(steps))):
        shorter = steps[:place] + steps[place + 1 :]
        if failure_of(shorter, machine, make_custify):
            steps = shorter
    names = ", ".join(name for name, _ in steps)
    return f"{failure_of(steps, machine, make_custify)} (after: {names})"


def expect_every_rule(counts: Counter[str]) -> None:
    """Raise AssertionError when a rule never ran."""
    missing = [name for name in rule_names() if not counts[name]]
    if missing:
        raise AssertionError(f"these rules never ran: {', '.join(missing)}; counted {dict(counts)}")
