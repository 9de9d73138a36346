"""Laws about track: one event, linked to the right person and company, and no other record changed."""

from __future__ import annotations

from typing import Any, Final

from custify_contract.law import SETTINGS, Case, Law, Trial
from custify_contract.laws.checks import (
    expect,
    expect_accepted,
    expect_new,
    expect_only,
    expect_same,
    expect_state,
)
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, RECORDS_SIZE, existing_records
from custify_contract.strategies.messages import track
from custify_contract.strategies.pools import SCALARS, TIMES, UNMAPPED, UNSTORABLE, USERS

SECTION: Final = "Track"
DECISION: Final = "Decisions, the transformer"
PAID: Final = {"type": "track", "userId": "u1", "event": "Paid", "messageId": "m1", "timestamp": TIMES[0]}


def any_track(choices: ByteChoices) -> Case:
    """Return any track."""
    return Case((track(choices),), setup=existing_records(choices))


def check_event(trial: Trial) -> None:
    """Expect one request and one new event, linked to the right records, and no other record changed."""
    expect_accepted(trial)
    expect_same(len(trial.requests), 1, "requests of a track")
    expect(trial.requests[0].endpoint.endswith("/event"), "a track must be sent to the Events API")
    expect_new(trial, "events", 1)
    expect_only(trial)
    expect_state(trial)


def known_person(choices: ByteChoices) -> Case:
    """Return a track of a person who exists."""
    user = str(choices.pick(USERS))
    message = {**track(choices), "userId": user}
    return Case((message,), setup=existing_records(choices, present=(user,)), facts={"person": user})


def check_known_person(trial: Trial) -> None:
    """Expect an event that is linked to the person."""
    check_event(trial)
    expect_last_event(trial, "person", trial.renamed_fact("person"), "person of the event")


def unknown_person(choices: ByteChoices) -> Case:
    """Return a track of a person who does not exist."""
    user = str(choices.pick(USERS))
    message = {**PAID, "userId": user}
    return Case((message,), setup=existing_records(choices, absent=(user,)))


def check_unknown_person(trial: Trial) -> None:
    """Expect a dropped event, and no new person."""
    check_event(trial)
    expect_last_event(trial, "dropped", True, "dropped, for an event of an unknown person")  # noqa: FBT003 - JSON


def expect_last_event(trial: Trial, field: str, wanted: Any, what: str) -> None:
    """Expect a value in the last event, if the Custify shows events."""
    if trial.after.events is not None:
        expect_same(trial.after.events[-1].get(field), wanted, what)


def properties(choices: ByteChoices) -> Case:
    """Return a track with scalar properties, and sometimes with one that cannot be stored."""
    scalars = {name: value for name in UNMAPPED if (value := choices.maybe(SCALARS)) is not None}
    sent = {**scalars, **({"nested": choices.pick(UNSTORABLE)} if choices.flag() else {})}
    return Case(({**PAID, "properties": sent},), facts={"expected": scalars})


def check_properties(trial: Trial) -> None:
    """Expect every scalar property as metadata, also 0 and false, and no other property."""
    expect_accepted(trial)
    metadata = trial.requests[-1].body.get("metadata")
    expect_same(metadata, trial.case.facts["expected"], "metadata in POST /event")


def deduplicated(choices: ByteChoices) -> Case:
    """Return two tracks that are one or two events, by the field in the settings or by messageId."""
    field = choices.pick((None, "properties.order", "order", "messageId"))
    settings: dict[str, Any] = {**SETTINGS, "enablededuplication": True}
    settings.update({} if field is None else {"deduplicationField": field})
    orders, ids = (choices.pick(("o1", "o2")), "o1"), (choices.pick(("m1", "m2")), "m1")
    messages = tuple(
        {**PAID, "messageId": name, "properties": {"order": order}}
        for order, name in zip(orders, ids, strict=True)
    )
    different = {*(ids if field in {None, "messageId"} else orders)}
    return Case(messages, settings, (("/people", {"user_id": "u1"}),), {"events": len(different)})


def check_deduplicated(trial: Trial) -> None:
    """Expect as many events as there are different deduplication ids."""
    expect_accepted(trial)
    expect_new(trial, "events", trial.case.facts["events"])
    expect_state(trial)


def without_deduplication(choices: ByteChoices) -> Case:
    """Return a track twice, for a destination without deduplication."""
    message = track(choices)
    return Case((message, message), setup=existing_records(choices))


def check_without_deduplication(trial: Trial) -> None:
    """Expect two events, without deduplication_id."""
    expect_accepted(trial)
    for request in trial.requests:
        expect_same(request.body.get("deduplication_id"), None, "deduplication_id in POST /event")
    expect_state(trial)


LAWS: Final = (
    Law(
        "track.one-event",
        SECTION,
        "RudderStack uses the Custify Events API to send the track events generated by the users' actions.",
        decoded(any_track, CASE_SIZE),
        check_event,
        needs_all=True,
    ),
    Law(
        "track.of-the-person",
        SECTION,
        "You can set the userId by making an identify call before sending any track events.",
        decoded(known_person, CASE_SIZE),
        check_known_person,
        needs_all=True,
    ),
    Law(
        "track.metadata",
        DECISION,
        "Track: scalar properties are sent as metadata (including 0 and false)",
        decoded(properties, 16),
        check_properties,
        level="decided",
    ),
    Law(
        "track.deduplication",
        DECISION,
        "deduplication_id when the destination asks for it",
        decoded(deduplicated, 4),
        check_deduplicated,
        needs_all=True,
        level="decided",
    ),
    Law(
        "track.no-deduplication",
        DECISION,
        "Without that setting no deduplication_id is sent: two deliveries are two events",
        decoded(without_deduplication, CASE_SIZE),
        check_without_deduplication,
        needs_all=True,
        level="decided",
    ),
    Law(
        "track.stranger",
        "Decisions, the fake",
        "An event of an unknown person is accepted without an error and linked to no person",
        decoded(unknown_person, RECORDS_SIZE + 4),
        check_unknown_person,
        needs_all=True,
        level="observed",
    ),
)
