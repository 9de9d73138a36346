"""Laws about messages that are delivered more than once: a second delivery changes nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from custify_contract.law import SETTINGS, Case, Law, Trial
from custify_contract.laws.checks import expect_accepted, expect_equal, without_dropped
from custify_contract.laws.lossy_delivery import FAULTS, deliver_at_least_once
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, RECORDS_SIZE, existing_records
from custify_contract.strategies.messages import SIZE, group, group_without_id, identify, track

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.strategies.messages import Message

DEDUPLICATING: Final = {**SETTINGS, "enablededuplication": True}
MESSAGES: Final = {"identify": identify, "group": group, "group-without-id": group_without_id, "track": track}


def one_message(make: Callable[[ByteChoices], Message], choices: ByteChoices) -> Case:
    """Return one message, for a destination with deduplication."""
    return Case((make(choices),), dict(DEDUPLICATING), existing_records(choices))


def deliver_twice(trial: Trial) -> None:
    """Deliver the message, note the state, and deliver it again."""
    trial.deliver_all()
    trial.notes["once"] = trial.custify.observe()
    trial.deliver_all()


def check_twice(trial: Trial) -> None:
    """Expect the state after the first delivery."""
    expect_accepted(trial)
    expect_same_state(trial, "the second delivery must change nothing")


def messages_and_faults(make: Callable[[ByteChoices], Message], choices: ByteChoices) -> Case:
    """Return three messages of one type, and the faults that their calls meet."""
    plan = [choices.pick(FAULTS) for _ in range(choices.number(8))]
    messages = tuple(make(choices) for _ in range(3))
    return Case(messages, dict(DEDUPLICATING), existing_records(choices), {"faults": plan})


def deliver_with_faults(trial: Trial) -> None:
    """Deliver exactly once, note the state, start again, and deliver at least once with faults."""
    trial.deliver_all()
    trial.notes["once"] = trial.custify.observe()
    trial.start_again()
    trial.notes["faults met"] = deliver_at_least_once(trial, trial.case.facts["faults"])


def check_with_faults(trial: Trial) -> None:
    """Expect the same state after both deliveries."""
    expect_same_state(trial, "at-least-once must end as exactly-once does")


def expect_same_state(trial: Trial, text: str) -> None:
    """Expect the state that was noted after the first delivery; dropped events do not count."""
    expect_equal(without_dropped(trial.after), without_dropped(trial.notes["once"]), text)


LAWS: Final = (
    *(
        Law(
            f"repeat.{name}",
            "Decisions, the transformer",
            "A repeated message changes nothing",
            decoded(partial(one_message, make), CASE_SIZE + 1),
            check_twice,
            deliver_twice,
            "decided",
            needs_all=name == "track",
        )
        for name, make in MESSAGES.items()
    ),
    *(
        Law(
            f"faults.{name}",
            "Decisions, the contract",
            "Delivery at least once has the same final state as delivery exactly once",
            decoded(partial(messages_and_faults, make), 3 * SIZE + RECORDS_SIZE + 9),
            check_with_faults,
            deliver_with_faults,
            "decided",
            needs_all=True,
        )
        for name, make in MESSAGES.items()
    ),
)
