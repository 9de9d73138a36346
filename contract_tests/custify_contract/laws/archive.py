"""Laws on messages with the shapes of an archive (`--like`): their requests, and the state they lead to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from custify_contract.expected_state import state_after
from custify_contract.law import SETTINGS, Case, Law, Trial
from custify_contract.laws.checks import expect_equal, is_dropped
from custify_contract.laws.rules.rule import EVERY_FIELD, rule
from custify_contract.strategies.archive_shapes import TYPES, ArchiveShapes
from custify_contract.strategies.byte_choices import decoded
from custify_contract.strategies.existing_records import RECORDS_SIZE, existing_records

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

SECTION: Final = "Messages like those of an archive"
SIZE: Final = 80  # bytes for the values of one message


def alone(shapes: ArchiveShapes, known: list[str], choices: ByteChoices) -> Case:
    """Return a message with a shape of the archive."""
    return Case((shapes.message(choices.pick(known), choices),), dict(SETTINGS))


def delivered(shapes: ArchiveShapes, known: list[str], choices: ByteChoices) -> Case:
    """Return a message with a shape of the archive, and existing records."""
    return Case((shapes.message(choices.pick(known), choices),), dict(SETTINGS), existing_records(choices))


def check_state(trial: Trial) -> None:
    """Expect the state that the accepted requests lead to: Custify may refuse a value of the archive."""
    accepted = [
        request
        for step in trial.steps
        for request, response in zip(step.requests, step.responses, strict=True)
        if response.ok or is_dropped(step)
    ]
    wanted = state_after(trial.before, accepted)
    expect_equal(trial.after, wanted, "the state is not what the accepted requests lead to")


def archive_laws(shapes: ArchiveShapes) -> tuple[Law, ...]:
    """Return two laws for each type of message in the archive."""
    kinds = [kind for kind in TYPES if shapes.of_type(kind)]
    return tuple(law for kind in kinds for law in laws_of(shapes, kind))


def laws_of(shapes: ArchiveShapes, kind: str) -> tuple[Law, Law]:
    """Return the laws about one type of message."""
    known = shapes.of_type(kind)
    requests = rule(
        f"like.{kind}.requests",
        "A message like one of the archive leads to the requests that the rules ask for",
        partial(alone, shapes, known),
        SIZE,
        EVERY_FIELD,
        section=SECTION,
    )
    state = Law(
        f"like.{kind}.state",
        SECTION,
        "A message like one of the archive changes what its requests say, and nothing else",
        decoded(partial(delivered, shapes, known), SIZE + RECORDS_SIZE),
        check_state,
        level="decided",
        needs_all=True,
    )
    return requests, state
