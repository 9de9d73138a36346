"""The laws of track: one event, of the right person and company, that changes nobody."""

from __future__ import annotations

from typing import Any, Final

from custify_contract.choices import Choices, decoded
from custify_contract.law import SETTINGS, Case, Law, Trial, deliver_all, expect, expect_accepted, expect_same
from custify_contract.laws.states import expect_only, expect_state
from custify_contract.strategies import SCALARS, SIZE, TIMES, UNMAPPED, UNSTORABLE, USERS, as_text, track
from custify_contract.worlds import WORLD_SIZE, world

SECTION: Final = "Track"
DECISION: Final = "Decisions, the transformer"
BYTES: Final = WORLD_SIZE + SIZE
PAID: Final = {"type": "track", "userId": "u1", "event": "Paid", "messageId": "m1", "timestamp": TIMES[0]}


def any_track(choices: Choices) -> Case:
    """Return a track in any workspace."""
    return Case((track(choices),), setup=world(choices))


def check_event(trial: Trial) -> None:
    """Expect one request and one event more, linked to whom it names, and no person or company changed."""
    expect_accepted(trial)
    expect_same(len(trial.requests), 1, "requests of a track")
    expect(trial.requests[0].endpoint.endswith("/event"), "a track must be sent to the Events API")
    if trial.after.events is not None and trial.before.events is not None:
        expect_same(len(trial.after.events) - len(trial.before.events), 1, "events that are new")
    expect_only(trial)
    expect_state(trial)


def known_person(choices: Choices) -> Case:
    """Return a track of somebody on record."""
    user = as_text(choices.pick(USERS))
    message = {**track(choices), "userId": user}
    return Case((message,), setup=world(choices, present=(user,)), facts={"person": user})


def check_known_person(trial: Trial) -> None:
    """Expect the event with the person."""
    check_event(trial)
    if trial.after.events is not None:
        expect_same(trial.after.events[-1].get("person"), trial.named("person"), "person of the event")


def properties(choices: Choices) -> Case:
    """Return a track with properties that can be stored and some that cannot."""
    scalars = {name: value for name in UNMAPPED if (value := choices.maybe(SCALARS)) is not None}
    sent = {**scalars, **({"nested": choices.pick(UNSTORABLE)} if choices.flag() else {})}
    return Case(({**PAID, "properties": sent},), facts={"expected": scalars})


def check_properties(trial: Trial) -> None:
    """Expect every scalar property as metadata, 0 and false included, and nothing else."""
    expect_accepted(trial)
    expect_same(
        trial.requests[-1].body.get("metadata"), trial.case.facts["expected"], "metadata in POST /event"
    )


def deduplicated(choices: Choices) -> Case:
    """Return two tracks that are one or two events, by the field that the settings name or by messageId."""
    field = choices.pick((None, "properties.order", "order", "messageId"))
    settings: dict[str, Any] = {**SETTINGS, "enablededuplication": True}
    settings.update({} if field is None else {"deduplicationField": field})
    orders, ids = (choices.pick(("o1", "o2")), "o1"), (choices.pick(("m1", "m2")), "m1")
    messages = tuple(
        {**PAID, "messageId": name, "properties": {"order": order}}
        for order, name in zip(orders, ids, strict=True)
    )
    told_by = ids if field in {None, "messageId"} else orders
    return Case(messages, settings, (("/people", {"user_id": "u1"}),), {"events": len({*told_by})})


def check_deduplicated(trial: Trial) -> None:
    """Expect as many events as there are different deduplication ids."""
    expect_accepted(trial)
    if trial.after.events is not None:
        expect_same(len(trial.after.events), trial.case.facts["events"], "events on record")
    expect_state(trial)


def without_deduplication(choices: Choices) -> Case:
    """Return a track with a messageId, twice, where the destination does not ask for deduplication."""
    message = track(choices)
    return Case((message, message), setup=world(choices))


def check_without_deduplication(trial: Trial) -> None:
    """Expect two events and no deduplication_id."""
    expect_accepted(trial)
    for request in trial.requests:
        expect_same(request.body.get("deduplication_id"), None, "deduplication_id in POST /event")
    expect_state(trial)


def stranger(choices: Choices) -> Case:
    """Return a track of somebody who is not on record."""
    user = as_text(choices.pick(USERS))
    message = {**PAID, "userId": user}
    return Case((message,), setup=world(choices, absent=(user,)))


def check_stranger(trial: Trial) -> None:
    """Expect the event taken, kept as dropped, and nobody created."""
    check_event(trial)
    if trial.after.events is not None:
        expect_same(trial.after.events[-1].get("dropped"), True, "dropped, of an event of nobody on record")  # noqa: FBT003 - JSON


LAWS: Final = (
    Law(
        "track.one-event",
        SECTION,
        "RudderStack uses the Custify Events API to send the track events generated by the users' actions.",
        "documented",
        decoded(any_track, BYTES),
        check_event,
        needs_all=True,
    ),
    Law(
        "track.of-the-person",
        SECTION,
        "You can set the userId by making an identify call before sending any track events.",
        "documented",
        decoded(known_person, BYTES),
        check_known_person,
        needs_all=True,
    ),
    Law(
        "track.metadata",
        DECISION,
        "Track: scalar properties travel as metadata (0 and false included)",
        "decided",
        decoded(properties, 16),
        check_properties,
    ),
    Law(
        "track.deduplication",
        DECISION,
        "deduplication_id when the destination asks for it",
        "decided",
        decoded(deduplicated, 4),
        check_deduplicated,
        deliver_all,
        needs_all=True,
    ),
    Law(
        "track.no-deduplication",
        DECISION,
        "Without that setting no deduplication_id is sent: two deliveries are two events",
        "decided",
        decoded(without_deduplication, BYTES),
        check_without_deduplication,
        needs_all=True,
    ),
    Law(
        "track.stranger",
        "Decisions, the fake",
        "An event for an unknown person is taken without an error, and linked to nobody",
        "observed",
        decoded(stranger, WORLD_SIZE + 4),
        check_stranger,
        needs_all=True,
    ),
)
