"""Laws about refused messages: the reason, no request, and no change in the workspace."""

from __future__ import annotations

from typing import Any, Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect, expect_same, expect_unchanged
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, RECORDS_SIZE, existing_records
from custify_contract.strategies.messages import Message, any_message, track
from custify_contract.strategies.pools import ANONYMOUS, GROUPS

SECTION: Final = "Decisions, the transformer"
OTHER_TYPES: Final = ("page", "screen", "alias", "merge", "identity", "Record")
NO_API_KEY: Final[tuple[Message, ...]] = (
    {},
    {"apiKey": ""},
    {"apiKey": None},
    {"apiKey": " "},
    {"apiKey": 5},
)
NO_USER_ID: Final[tuple[Message, ...]] = (
    {},
    {"userId": ""},
    {"userId": None},
    {"userId": " "},
    {"userId": {"a": 1}},
    {"userId": True},
)


def without_person(choices: ByteChoices) -> Case:
    """Return a message of any type without user id and email; the anonymousId setting is off."""
    kind = choices.pick(("identify", "track", "group"))
    traits = {"name": "Acme", "plan": "Pro"}
    message: Message = {"type": kind, "messageId": "m1", "event": "Signed Up", "traits": traits}
    message.update(choices.pick(NO_USER_ID))
    message.update({"groupId": choices.pick(GROUPS)} if choices.flag() else {})
    message.update({"anonymousId": choices.pick(ANONYMOUS)} if choices.flag() else {})
    email: dict[str, Any] = choices.pick(({}, {"email": ""}, {"email": None}))
    message["context"] = {"traits": {"name": "Ann", **email}}
    facts = {"error": "Email or userId is mandatory"}
    return Case((message,), setup=existing_records(choices), facts=facts)


def other_type(choices: ByteChoices) -> Case:
    """Return a message of an unsupported type."""
    kind = choices.pick(OTHER_TYPES)
    message = {**any_message(choices), "type": kind}
    return Case((message,), setup=existing_records(choices), facts={"error": kind.lower()})


def without_event(choices: ByteChoices) -> Case:
    """Return a track without an event name."""
    message = track(choices)
    del message["event"]
    message.update(choices.pick(({}, {"event": ""}, {"event": None})))
    facts = {"error": 'Missing required value from "event"'}
    return Case((message,), setup=existing_records(choices), facts=facts)


def without_api_key(choices: ByteChoices) -> Case:
    """Return any message for a destination without an API key."""
    message, settings = any_message(choices), choices.pick(NO_API_KEY)
    return Case((message,), settings, existing_records(choices), {"error": "apiKey"})


def check_refused(trial: Trial) -> None:
    """Expect the refusal with its reason, no request, and no change in the workspace."""
    refusal = trial.steps[-1].refusal
    expect(refusal is not None, "the message must be refused, but it was delivered")
    wanted = trial.case.facts["error"]
    expect(wanted in str(refusal), f"the reason of the refusal must contain {wanted!r}, it is {refusal!r}")
    expect_same(len(trial.requests), 0, "requests of a refused message")
    expect_unchanged(trial)


LAWS: Final = (
    Law(
        "refused.nobody",
        SECTION,
        "Validation comes before the first request: a refused message changes nothing. A message that "
        'has no id is refused: "Email or userId is mandatory"',
        decoded(without_person, RECORDS_SIZE + 12),
        check_refused,
        level="decided",
    ),
    Law(
        "refused.type",
        SECTION,
        "Types other than identify, track, group are refused by name",
        decoded(other_type, CASE_SIZE + 1),
        check_refused,
        level="decided",
    ),
    Law(
        "refused.track-without-event",
        "Track, supported mapping",
        "event | name",
        decoded(without_event, CASE_SIZE + 1),
        check_refused,
    ),
    Law(
        "refused.no-api-key",
        "Connection settings",
        "API Key: This is a mandatory field.",
        decoded(without_api_key, CASE_SIZE + 1),
        check_refused,
    ),
)
