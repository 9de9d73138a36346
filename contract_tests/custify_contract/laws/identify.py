"""Laws about identify: which person is created or updated, and how the person is identified."""

from __future__ import annotations

from typing import Any, Final

from custify_contract.law import SETTINGS, WITH_ANONYMOUS_ID, Case, Law, Trial
from custify_contract.laws.checks import (
    expect_accepted,
    expect_new,
    expect_only,
    expect_person,
    expect_same,
    expect_state,
)
from custify_contract.observed_state import name_of
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, existing_records
from custify_contract.strategies.messages import Message, envelope, person_traits, set_traits
from custify_contract.strategies.pools import ANONYMOUS, FRESH_EMAILS, GROUPS, NAMES, USERS

SECTION: Final = "Identify"


def identify_of(choices: ByteChoices, user: str | int, **traits: Any) -> Message:
    """Return an identify of a given user, from any channel."""
    message, channel = envelope(choices, "identify")
    set_traits(message, channel, {**person_traits(choices, str(user)), **traits})
    return {**message, "userId": user}


def new_person(choices: ByteChoices) -> Case:
    """Return an identify of a person who does not exist."""
    user = choices.pick(USERS)
    setup = existing_records(choices, absent=(str(user),))
    return Case((identify_of(choices, user),), setup=setup, facts={"person": str(user), "new": 1})


def known_person(choices: ByteChoices) -> Case:
    """Return an identify of a person who exists."""
    user = choices.pick(USERS)
    setup = existing_records(choices, present=(str(user),))
    return Case((identify_of(choices, user),), setup=setup, facts={"person": str(user), "new": 0})


def by_email(choices: ByteChoices) -> Case:
    """Return an identify with an email and without user id; the person exists or does not exist."""
    message, channel = envelope(choices, "identify")
    traits = {**person_traits(choices, None), "email": FRESH_EMAILS[0]}
    exists = choices.flag()
    set_traits(message, channel, traits)
    message.update(channel["absent"])
    person = ("/people", {"email": FRESH_EMAILS[0], "name": "Old"})
    setup = (*existing_records(choices), *([person] if exists else []))
    known = any(body.get("email") == FRESH_EMAILS[0] for _, body in setup)
    return Case((message,), setup=setup, facts={"person": FRESH_EMAILS[0], "new": 0 if known else 1})


def check_upsert(trial: Trial) -> None:
    """Expect the person, created if it was missing, and no other record changed."""
    expect_accepted(trial)
    name = name_of(expect_person(trial.after, trial.renamed_fact("person")))
    expect_new(trial, "people", trial.case.facts["new"])
    expect_only(trial, people={name})
    expect_state(trial)


def anonymous(choices: ByteChoices) -> Case:
    """Return a message of any type with an anonymousId and without user id; the setting is on."""
    kind = choices.pick(("identify", "track", "group"))
    message, channel = envelope(choices, kind)
    message.update({**channel["absent"], "anonymousId": choices.pick(ANONYMOUS)})
    message.update({"event": "Signed Up"} if kind == "track" else {})
    message.update({"groupId": choices.pick(GROUPS)} if kind == "group" else {})
    setup = existing_records(choices)
    return Case((message,), dict(WITH_ANONYMOUS_ID), setup, {"person": message["anonymousId"]})


def user_and_anonymous_id(choices: ByteChoices) -> Case:
    """Return an identify with a user id and an anonymousId; the setting is on."""
    user = choices.pick(USERS)
    message = {**identify_of(choices, user), "anonymousId": choices.pick(ANONYMOUS)}
    return Case((message,), dict(WITH_ANONYMOUS_ID), existing_records(choices), {"person": str(user)})


def check_user_id(trial: Trial) -> None:
    """Expect the id of the case as the user_id."""
    expect_accepted(trial)
    expect_same(
        trial.requests[-1].body.get("user_id"), trial.renamed_fact("person"), "user_id, with the setting on"
    )


def anonymous_off(choices: ByteChoices) -> Case:
    """Return a message with an anonymousId and an email, and without user id; the setting is off."""
    case = anonymous(choices)
    message = {**case.message, "context": {"traits": {"email": FRESH_EMAILS[0]}}}
    settings = choices.pick((SETTINGS, {**SETTINGS, "sendAnonymousId": False}))
    return Case((message,), dict(settings), case.setup)


def check_no_user_id(trial: Trial) -> None:
    """Expect no user_id: only the email identifies the person."""
    expect_accepted(trial)
    for request in trial.requests:
        user_id = request.body.get("user_id")
        expect_same(user_id, None, f"user_id in POST {request.endpoint}, with the setting off")


def name_parts(choices: ByteChoices) -> Case:
    """Return an identify with parts of a name, and sometimes with a whole name."""
    spelling = choices.pick(
        (("firstName", "lastName"), ("firstname", "lastname"), ("first_name", "last_name"))
    )
    first, last, whole = choices.maybe(NAMES), choices.maybe(("Lee", "Öz")), choices.maybe(("Whole Name",))
    parts = {name: value for name, value in zip(spelling, (first, last), strict=True) if value}
    message, channel = envelope(choices, "identify")
    set_traits(message, channel, {**parts, **({"name": whole} if whole else {})})
    wanted = whole or " ".join(part for part in (first, last) if part) or None
    return Case(({**message, "userId": "u1"},), facts={"expected": wanted})


def check_name(trial: Trial) -> None:
    """Expect the whole name, else the parts of it that were sent."""
    expect_accepted(trial)
    expect_same(trial.after.people[-1].get("name"), trial.case.facts["expected"], "name of the person")


LAWS: Final = (
    Law(
        "identify.creates",
        SECTION,
        "You can use the identify call to create or update a user in Custify.",
        decoded(new_person, CASE_SIZE),
        check_upsert,
    ),
    Law(
        "identify.updates",
        SECTION,
        "You can use the identify call to create or update a user in Custify.",
        decoded(known_person, CASE_SIZE),
        check_upsert,
    ),
    Law(
        "identify.by-email",
        SECTION,
        "RudderStack uses the userId or email field in the event's traits to do so.",
        decoded(by_email, CASE_SIZE),
        check_upsert,
    ),
    Law(
        "identify.anonymous-on",
        "Connection settings",
        "If this setting is enabled, RudderStack will use anonymousId to identify the user if userId is not "
        "present in the event.",
        decoded(anonymous, 24),
        check_user_id,
    ),
    Law(
        "identify.anonymous-off",
        SECTION,
        "You can also identify your users with anonymousId in case userId is not present in the event via "
        "the Fall back to anonymousId if userId is not present dashboard setting.",
        decoded(anonymous_off, 24),
        check_no_user_id,
    ),
    Law(
        "identify.user-id-wins",
        "Identify, supported mapping",
        "userId (or anonymousId if userId is absent) | user_id | Required",
        decoded(user_and_anonymous_id, CASE_SIZE),
        check_user_id,
    ),
    Law(
        "identify.name-from-parts",
        "Decisions, the transformer",
        "name falls back to first and last name",
        decoded(name_parts, 16),
        check_name,
        level="decided",
    ),
)
