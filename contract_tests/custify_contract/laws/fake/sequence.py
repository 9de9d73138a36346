"""The law of the state machine: after any sequence of calls, both workspaces are in their expected state."""

from __future__ import annotations

from itertools import islice
from typing import Final

from custify_contract.law import Case, Trial
from custify_contract.laws.checks import expect_equal
from custify_contract.laws.fake import machine_rules
from custify_contract.laws.fake.machine import BLOCK_SIZE, RULES, SequenceMachine
from custify_contract.laws.fake.writes import law
from custify_contract.strategies.byte_choices import ByteChoices
from custify_contract.targets import API_KEY

STEPS: Final = 30
LENGTHS: Final = (1, 2, 4, 8, *(STEPS,) * 12)
MODULES: Final = (machine_rules,)  # importing a module adds its rules

# Rules that meet in the same records; a sequence has the rules of one theme, or all of them.
THEMES: Final = (
    ("parents", "parents", "parents", "post company", "delete company", "company by internal id"),
    ("parents", "parents", "parents", "post company"),
    (
        "share email",
        "rename email",
        "look up",
        "delete person",
        "person by internal id",
        "event",
        "post person",
    ),
    ("attributes", "attributes", "refused call", "unset", "snapshot", "restore", "reset"),
    ("event", "event", "post person", "delete person", "delete company", "post company", "batch"),
    ("event", "track", "post person", "snapshot", "restore", "removal", "link by internal id"),
    ("link by internal id", "post person", "removal", "group", "delete company", "people of company"),
    ("post person", "identify", "tag", "list people", "repeat", "reorder", "unset", "look up"),
    tuple(RULES),
)


def sequence(choices: ByteChoices) -> Case:
    """Return a sequence of rules, each with its block of choices."""
    theme = choices.pick(THEMES)
    steps = []
    for _ in range(choices.pick(LENGTHS)):
        name = choices.pick(theme)
        steps.append((name, bytes(islice(choices.data, BLOCK_SIZE)).hex()))
    return Case(facts={"steps": steps})


def run_steps(trial: Trial) -> None:
    """Run the rules on two workspaces, and count them; the second workspace is compared here."""
    machine = SequenceMachine(trial)
    trial.ran |= dict.fromkeys(RULES, 0)
    for name, block in trial.case.facts["steps"]:
        trial.ran[name] += 1
        RULES[name](machine, ByteChoices(bytes.fromhex(block)))
    machine.has_the_expected_state()
    trial.notes["expected"] = machine.expected[API_KEY].observe()


def check_expected(trial: Trial) -> None:
    """Expect the state of the model in the workspace of the run."""
    expect_equal(trial.after, trial.notes["expected"], "the workspace is not in its expected state")


LAWS: Final = (
    law(
        "sequences",
        "After any sequence of calls each workspace has what its calls wrote, and no other",
        sequence,
        check_expected,
        run_steps,
        size=2 + STEPS * (BLOCK_SIZE + 1),
    ),
)
