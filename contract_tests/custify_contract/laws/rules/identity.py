"""Rules about who a message is about: the places of ids and emails, anonymousId, and refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import SETTINGS, Case
from custify_contract.laws.rules.rule import rule
from custify_contract.rules import tables
from custify_contract.strategies.edge_values import IDS, NO_IDS, NO_TEXTS, SWITCHES, TEXTS, fill, set_value

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

KINDS: Final[tuple[dict[str, Any], ...]] = (
    {"type": "identify", "messageId": "m1"},
    {"type": "track", "messageId": "m1", "event": "Paid", "timestamp": "2026-03-02T09:00:00.000Z"},
    {"type": "group", "messageId": "m1", "groupId": "g1"},
)
PERSON_EMAIL: Final = ("traits.email", "context.traits.email")
IDENTITY: Final = ("people.user_id", "event.user_id", "people.email", "event.email")
EMAIL: Final = "context.traits.email"
ANONYMOUS: Final = {**SETTINGS, "sendAnonymousId": True}
NO_ANONYMOUS_IDS: Final = tuple(
    f"{place}.anonymousId" for place in ("context", "context.traits", "traits", "properties")
)


def ids(kind: int, paths: tuple[str, ...], choices: ByteChoices) -> Case:
    """Return a message with edge values in all places of a user id; sometimes an email names the person."""
    message = dict(KINDS[kind])
    fill(choices, message, paths, IDS, NO_IDS)
    set_value(message, EMAIL, choices.pick((..., "a@example.com")))
    message["anonymousId"] = "a1"
    return Case((message,), dict(choices.pick((SETTINGS, ANONYMOUS))))


def emails(kind: int, paths: tuple[str, ...], choices: ByteChoices) -> Case:
    """Return a message with edge values in all places of an email; sometimes a user id names the person."""
    message = dict(KINDS[kind])
    fill(choices, message, paths, TEXTS, NO_TEXTS)
    set_value(message, "userId", choices.pick((..., "u1")))
    return Case((message,))


def company_names_nobody(choices: ByteChoices) -> Case:
    """Return a group whose traits have ids and an email: they are the company's, and name no person."""
    message = dict(KINDS[2])
    for path, value in (("traits.userId", "c1"), ("traits.id", "c2"), ("traits.email", "office@example.com")):
        set_value(message, path, choices.pick((value, ...)))
    fill(choices, message, ("userId", "context.traits.userId", EMAIL), ("u1", "u2@example.com"), (..., ""))
    return Case((message,))


def anonymous(choices: ByteChoices) -> Case:
    """Return a message with an anonymousId, and any value of the setting."""
    message = dict(choices.pick(KINDS))
    switch, settings = choices.pick(SWITCHES), dict(SETTINGS)
    settings.update({} if switch is ... else {"sendAnonymousId": switch})
    set_value(message, "anonymousId", choices.pick((*IDS, *IDS, *NO_IDS)))
    set_value(message, EMAIL, choices.pick((..., "a@example.com")))
    return Case((message,), settings)


def anonymous_beside_user(choices: ByteChoices) -> Case:
    """Return a message with an anonymousId, or the like, and a user id in any place; the setting is on."""
    message = dict(choices.pick(KINDS))
    set_value(message, choices.pick(("anonymousId", "anonymousId", *NO_ANONYMOUS_IDS)), "a1")
    set_value(message, choices.pick(tables.MEMBER_ID), choices.pick((*IDS, *NO_IDS)))
    set_value(message, EMAIL, choices.pick((..., "a@example.com")))
    return Case((message,), dict(ANONYMOUS))


def several_reasons(choices: ByteChoices) -> Case:
    """Return a message that may be refused for several reasons: the first one is said."""
    message = dict(choices.pick(KINDS))
    for path in ("userId", "event", "timestamp", "groupId"):
        set_value(message, path, choices.pick((..., None, "", " ", "v", "v")))
    settings = dict(SETTINGS) if choices.number(4) else {"apiKey": ""}
    return Case((message,), settings)


def of(kind: int, paths: tuple[str, ...], make: Any) -> Any:
    """Return the function that makes cases of one type of message."""
    return lambda choices: make(kind, paths, choices)


WHERE: Final = (
    "Where is the user id looked for? userId, then userId and id of the traits, then of context.traits"
)
LAWS: Final = (
    rule("identify.user-id-places", WHERE, of(0, tables.USER_ID, ids), 8, *IDENTITY),
    rule("track.user-id-places", WHERE, of(1, tables.USER_ID, ids), 8, *IDENTITY),
    rule(
        "group.user-id-places",
        f"{WHERE}; a group skips its traits",
        of(2, tables.MEMBER_ID, ids),
        6,
        *IDENTITY,
    ),
    rule(
        "identify.email-places",
        "An email is text that is not blank",
        of(0, PERSON_EMAIL, emails),
        4,
        *IDENTITY,
    ),
    rule(
        "track.email-places",
        "The email of a track: from traits, context, properties, then the top level of the message",
        of(1, tables.EVENT_EMAIL, emails),
        6,
        *IDENTITY,
    ),
    rule("group.email-places", "An email is text that is not blank", of(2, (EMAIL,), emails), 3, *IDENTITY),
    rule(
        "group.names-no-person",
        "A group skips its traits: the traits of a group are about the company",
        company_names_nobody,
        7,
        *IDENTITY,
    ),
    rule(
        "message.anonymous-id",
        "anonymousId: only with the setting, only if no user id is found",
        anonymous,
        4,
        *IDENTITY,
    ),
    rule(
        "message.anonymous-beside-user",
        "anonymousId: only if no user id is found",
        anonymous_beside_user,
        5,
        *IDENTITY,
    ),
    rule(
        "refused.first-reason",
        "When is a message refused? before its first request",
        several_reasons,
        6,
    ),
)
