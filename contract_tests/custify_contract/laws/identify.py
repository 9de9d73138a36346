"""The laws of identify: who is created, who is updated, and who leaves an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.choices import Choices, decoded
from custify_contract.law import (
    SETTINGS,
    WITH_ANONYMOUS_ID,
    Case,
    Law,
    Trial,
    expect,
    expect_accepted,
    expect_person,
    expect_same,
)
from custify_contract.laws.states import expect_only, expect_state
from custify_contract.strategies import (
    ANONYMOUS,
    FRESH_EMAILS,
    GROUPS,
    NAMES,
    SCALARS,
    SIZE,
    UNMAPPED,
    UNSTORABLE,
    USERS,
    as_text,
    envelope,
    person_traits,
    place,
)
from custify_contract.worlds import WORLD_SIZE, world

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custify_contract.snapshot import Json

SECTION: Final = "Identify"
REMOVAL: Final = "Removing users from an organization"
DECISION: Final = "Decisions, the transformer"
BYTES: Final = WORLD_SIZE + SIZE
MAPPED: Final[Mapping[str, Any]] = {
    "email": "new@example.com",
    "phone": "555 0100",
    "sessionCount": 4,
    "unsubscribedFromEmails": True,
    "unsubscribedFromCalls": False,
    "name": "Ann",
    "signedUpAt": "2026-01-31T12:00:00.000Z",
}


def named_identify(choices: Choices, user: str | int, **traits: Any) -> dict[str, Any]:
    """Return an identify of one user, by any channel."""
    message, channel = envelope(choices, "identify")
    place(message, channel, {**person_traits(choices, as_text(user)), **traits})
    return {**message, "userId": user}


def creation(choices: Choices) -> Case:
    """Return an identify of somebody who is not there."""
    user = choices.pick(USERS)
    setup = world(choices, absent=(as_text(user),))
    return Case((named_identify(choices, user),), setup=setup, facts={"person": as_text(user), "grown": 1})


def update(choices: Choices) -> Case:
    """Return an identify of somebody who is there."""
    user = choices.pick(USERS)
    setup = world(choices, present=(as_text(user),))
    return Case((named_identify(choices, user),), setup=setup, facts={"person": as_text(user), "grown": 0})


def by_email(choices: Choices) -> Case:
    """Return an identify that names somebody by email only, on record or not."""
    message, channel = envelope(choices, "identify")
    traits = {**person_traits(choices, None), "email": FRESH_EMAILS[0]}
    known = choices.flag()
    place(message, channel, traits)
    message.update(channel["absent"])
    setup = (*world(choices), *([("/people", {"email": FRESH_EMAILS[0], "name": "Old"})] if known else []))
    return Case((message,), setup=setup, facts={"person": FRESH_EMAILS[0], "grown": 0 if known else 1})


def check_upsert(trial: Trial) -> None:
    """Expect the person exactly once, grown by what was missing, and nothing else changed."""
    expect_accepted(trial)
    name = trial.named("person")
    expect_person(trial.after, name)
    grown = len(trial.after.people) - len(trial.before.people)
    expect_same(grown, trial.case.facts["grown"], "people that are new")
    expect_only(trial, people={name})
    expect_state(trial)


def anonymous(choices: Choices) -> Case:
    """Return a message of any kind that has an anonymousId and no user id, with the setting on."""
    kind = choices.pick(("identify", "track", "group"))
    message, channel = envelope(choices, kind)
    message.update({**channel["absent"], "anonymousId": choices.pick(ANONYMOUS)})
    message.update({"event": "Signed Up"} if kind == "track" else {})
    message.update({"groupId": choices.pick(GROUPS)} if kind == "group" else {})
    return Case((message,), dict(WITH_ANONYMOUS_ID), world(choices), {"person": message["anonymousId"]})


def check_anonymous(trial: Trial) -> None:
    """Expect the anonymousId as the user id."""
    expect_accepted(trial)
    body = trial.requests[-1].body
    expect_same(body.get("user_id"), trial.named("person"), "user_id, from anonymousId")


def anonymous_off(choices: Choices) -> Case:
    """Return a message with an anonymousId, an email and no user id, with the setting off."""
    case = anonymous(choices)
    message = {**case.message, "context": {"traits": {"email": FRESH_EMAILS[0]}}}
    off = choices.pick((SETTINGS, {**SETTINGS, "sendAnonymousId": False}))
    return Case((message,), dict(off), case.setup)


def check_anonymous_off(trial: Trial) -> None:
    """Expect no user id: the email alone names the person."""
    expect_accepted(trial)
    for request in trial.requests:
        expect_same(
            request.body.get("user_id"), None, f"user_id in POST {request.endpoint}, with the setting off"
        )


def with_both(choices: Choices) -> Case:
    """Return an identify with a user id and an anonymousId, with the setting on."""
    user = choices.pick(USERS)
    message = {**named_identify(choices, user), "anonymousId": choices.pick(ANONYMOUS)}
    return Case((message,), dict(WITH_ANONYMOUS_ID), world(choices), {"person": as_text(user)})


def unmapped(choices: Choices) -> Case:
    """Return an identify whose traits have mapped names, unmapped ones, and values that cannot be stored."""
    traits, remembered = some_traits(choices), some_traits(choices)
    message = {"type": "identify", "userId": "u1", "messageId": "m1", "traits": traits}
    message["context"] = {"traits": remembered}
    storable = {**storables(remembered), **storables(traits)}
    return Case((message,), facts={"expected": storable})


def some_traits(choices: Choices) -> dict[str, Any]:
    """Return mapped, unmapped and unstorable traits."""
    traits = {name: value for name, value in MAPPED.items() if choices.flag()}
    scalars = {name: value for name in UNMAPPED if (value := choices.maybe(SCALARS)) is not None}
    return {**traits, **scalars, **({"nested": choices.pick(UNSTORABLE)} if choices.flag() else {})}


def storables(traits: Mapping[str, Any]) -> dict[str, Any]:
    """Return the traits that must become custom attributes."""
    return {name: value for name, value in traits.items() if name in UNMAPPED}


def check_unmapped(trial: Trial) -> None:
    """Expect the unmapped scalars, and nothing else, as custom attributes and custom fields."""
    expect_accepted(trial)
    wanted = trial.case.facts["expected"]
    expect_same(
        trial.requests[-1].body.get("custom_attributes", {}), wanted, "custom_attributes in POST /people"
    )
    expect_same(trial.after.people[-1]["custom_attributes"], wanted, "custom_attributes on record")
    if trial.after.fields is not None:
        expect_same(sorted(trial.after.fields["people"]), sorted(wanted), "custom fields of people")


def full_name(choices: Choices) -> Case:
    """Return an identify with parts of a name and perhaps a whole one."""
    spelling = choices.pick(
        (("firstName", "lastName"), ("firstname", "lastname"), ("first_name", "last_name"))
    )
    first, last, whole = choices.maybe(NAMES), choices.maybe(("Lee", "Öz")), choices.maybe(("Whole Name",))
    parts = {name: value for name, value in zip(spelling, (first, last), strict=True) if value}
    message, channel = envelope(choices, "identify")
    place(message, channel, {**parts, **({"name": whole} if whole else {})})
    wanted = whole or " ".join(part for part in (first, last) if part) or None
    return Case(({**message, "userId": "u1"},), facts={"expected": wanted})


def check_full_name(trial: Trial) -> None:
    """Expect the name, else what there is of first and last name."""
    expect_accepted(trial)
    expect_same(trial.after.people[-1].get("name"), trial.case.facts["expected"], "name on record")


def removal(choices: Choices, *, linked: bool = True) -> Case:
    """Return an identify that takes a person out of one company of several."""
    user, company = as_text(choices.pick(USERS)), choices.pick(GROUPS)
    left, kept = as_text(company), "kept"
    links = [{"company_id": kept}, *([{"company_id": left}] if linked else [])]
    colleague = {"user_id": "colleague", "companies": [{"company_id": left}]}
    person = {"user_id": user, "companies": links}
    setup = (*world(choices, absent=(user,)), ("/people", person), ("/people", colleague))
    leaving = {"id": company, "remove": True}
    message = named_identify(choices, user, company=leaving, country="USA")
    return Case((message,), setup=setup, facts={"person": user, "left": left, "kept": kept})


def check_removal(trial: Trial) -> None:
    """Expect that one link gone and every other one kept, and the person updated too."""
    expect_accepted(trial)
    name, left = trial.named("person"), trial.named("left", "groupId")
    person = expect_person(trial.after, name)
    expect(left not in person["companies"], f"{name} must not belong to {left} any more")
    before = expect_person(trial.before, name)["companies"]
    expect_same(person["companies"], sorted({*before} - {left}), f"companies of {name}")
    expect_same(
        person["custom_attributes"].get("country"), "USA", "country of the person, updated by the same call"
    )
    expect_only(trial, people={name}, companies={left})
    expect_state(trial)


def unlinked(choices: Choices) -> Case:
    """Return an identify that takes a person out of a company they do not belong to."""
    return removal(choices, linked=False)


def joining(choices: Choices) -> Case:
    """Return an identify that names a company without, or with a false, `remove`."""
    user, company = as_text(choices.pick(USERS)), choices.pick(GROUPS)
    link: Json = {"id": company, **choices.pick(({}, {"remove": False}))}
    setup = world(choices, present=(user,))
    message = named_identify(choices, user, company=link)
    return Case((message,), setup=setup, facts={"person": user, "company": as_text(company)})


def check_joining(trial: Trial) -> None:
    """Expect the link beside the ones there were."""
    expect_accepted(trial)
    name, company = trial.named("person"), trial.named("company", "groupId")
    before = expect_person(trial.before, name)["companies"]
    found = expect_person(trial.after, name)["companies"]
    expect_same(found, sorted({*before, company}), f"companies of {name}")
    expect_state(trial)


LAWS: Final = (
    Law(
        "identify.creates",
        SECTION,
        "You can use the identify call to create or update a user in Custify.",
        "documented",
        decoded(creation, BYTES),
        check_upsert,
    ),
    Law(
        "identify.updates",
        SECTION,
        "You can use the identify call to create or update a user in Custify.",
        "documented",
        decoded(update, BYTES),
        check_upsert,
    ),
    Law(
        "identify.by-email",
        SECTION,
        "RudderStack uses the userId or email field in the event's traits to do so.",
        "documented",
        decoded(by_email, BYTES),
        check_upsert,
    ),
    Law(
        "identify.anonymous-on",
        "Connection settings",
        "If this setting is enabled, RudderStack will use anonymousId to identify the user if userId "
        "is not present in "
        "the event.",
        "documented",
        decoded(anonymous, 24),
        check_anonymous,
    ),
    Law(
        "identify.anonymous-off",
        SECTION,
        "You can also identify your users with anonymousId in case userId is not present in the "
        "event via the Fall back "
        "to anonymousId if userId is not present dashboard setting.",
        "documented",
        decoded(anonymous_off, 24),
        check_anonymous_off,
    ),
    Law(
        "identify.user-id-wins",
        "Identify, supported mapping",
        "userId (or anonymousId if userId is absent) | user_id | Required",
        "documented",
        decoded(with_both, BYTES),
        check_anonymous,
    ),
    Law(
        "identify.custom_attributes",
        "Identify, supported mapping",
        "It also creates a new custom field for the unmapped attributes.",
        "documented",
        decoded(unmapped, 32),
        check_unmapped,
    ),
    Law(
        "identify.name-from-parts",
        DECISION,
        "name falls back to first and last name",
        "decided",
        decoded(full_name, 16),
        check_full_name,
    ),
    Law(
        "removal.dissociates",
        REMOVAL,
        "Then, it finds the organization corresponding to that ID and dissociates the user from the "
        "organization.",
        "documented",
        decoded(removal, BYTES),
        check_removal,
    ),
    Law(
        "removal.updates-too",
        REMOVAL,
        "The above identify call updates the user as well as removes them from the company having "
        "the id as company_123.",
        "documented",
        decoded(unlinked, BYTES),
        check_removal,
    ),
    Law(
        "removal.only-when-true",
        REMOVAL,
        "company.remove (set to true)",
        "documented",
        decoded(joining, BYTES),
        check_joining,
    ),
)
