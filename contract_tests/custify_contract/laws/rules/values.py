"""Rules about values of every kind in every field: they are sent as they are, and nothing else is read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import SETTINGS, WITH_ANONYMOUS_ID, Case
from custify_contract.laws.rules.identity import KINDS
from custify_contract.laws.rules.rule import EVERY_FIELD, rule
from custify_contract.strategies.any_values import IDS, LOOKALIKES, NAMES, UNREAD, UNREAD_SETTINGS, VALUES
from custify_contract.strategies.edge_values import set_value
from custify_contract.strategies.messages import any_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.strategies.byte_choices import ByteChoices

IDENTIFY, TRACK, GROUP = KINDS
PERSON: Final = (
    *("email", "phone", "sessionCount", "unsubscribedFromEmails", "unsubscribedFromCalls", "name"),
    *("signedUpAt", "firstName", "lastName"),
)
COMPANY: Final = ("name", "industry", "size", "website", "plan", "monthlyRevenue", "churned")
ATTRIBUTES: Final = 3  # further names in each place
MANY: Final = {f"n{number}": number for number in range(251)}
TIME: Final = "2026-03-02T09:00:00.000Z"
NOBODY: Final = {"userId": ""}

# Messages above a limit of Custify: as (type, path, value).
ABOVE: Final[tuple[tuple[int, str, Any], ...]] = (
    *((0, f"traits.{name}", "x" * length) for name in ("phone", "country") for length in (256, 10_001)),
    *((0, "traits.sessionCount", number) for number in (2**31, -(2**31) - 1, 2.5)),
    *((0, "traits", MANY), (0, "context.traits", MANY), (2, "traits", MANY), (1, "properties", MANY)),
    *((1, path, "x" * 101) for path in ("event", "userId", "properties.company_id", "context.traits.email")),
    *((1, "properties.text", "x" * 10_001), (2, "traits.size", 2**31), (2, "traits.name", "x" * 256)),
    *((2, "groupId", "x" * 256), (0, "userId", "x" * 256), (0, "traits.x" + "y" * 190, 1)),
)


def write(choices: ByteChoices, message: dict[str, Any], place: str, names: Sequence[str]) -> None:
    """Write any values to fields and to further names of a place."""
    for name in names:
        set_value(message, f"{place}.{name}", choices.pick(VALUES))
    target = message
    for part in place.split("."):
        target = target.setdefault(part, {})
    for _ in range(ATTRIBUTES):
        name, value = choices.pick(NAMES), choices.pick(VALUES)
        target |= {} if value is ... else {name: value}


def copy_of(message: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a message with fields; those that are `...` are left out."""
    return {name: value for name, value in {**message, **fields}.items() if value is not ...}


def identify_values(choices: ByteChoices) -> Case:
    """Return an identify for each place of the traits, and one whose id and time are at the top level."""
    messages = [copy_of(IDENTIFY, userId=choices.pick(IDS)) for _ in range(2)]
    for message, place in zip(messages, ("traits", "context.traits"), strict=True):
        write(choices, message, place, PERSON)
        set_value(message, f"{place}.company.id", choices.pick(IDS))
        set_value(message, f"{place}.company.remove", choices.pick((..., True)))
    ids = {"anonymousId": choices.pick(IDS), "traits": {"phone": "1"}}
    times = {"timestamp": choices.pick(VALUES), "originalTimestamp": choices.pick(VALUES)}
    return Case((*messages, copy_of(IDENTIFY, **ids, **times)), dict(WITH_ANONYMOUS_ID))


def track_values(choices: ByteChoices) -> Case:
    """Return tracks with any values in all fields of an event."""
    messages = [copy_of(TRACK, userId=choices.pick(IDS), event=choices.pick(VALUES)) for _ in range(2)]
    for message, company in zip(messages, ("organization_id", "companyId"), strict=True):
        write(choices, message, "properties", (company, "company_id"))
        set_value(message, f"properties.{company}", choices.pick(IDS))
    messages[0] |= {"email": "new@example.com"}
    set_value(messages[0], "timestamp", choices.pick(VALUES))
    set_value(messages[1], "timestamp", ...)
    set_value(messages[1], "originalTimestamp", choices.pick(VALUES))
    emails = [copy_of(TRACK, **NOBODY) for _ in range(2)]
    set_value(emails[0], "properties.email", choices.pick(VALUES))
    set_value(emails[1], "traits.email", choices.pick(VALUES))
    settings = {**SETTINGS, "enablededuplication": True, "deduplicationField": "order"}
    orders = [copy_of(TRACK, userId="u1") for _ in range(2)]
    for message, path in zip(orders, ("properties.order", "order"), strict=True):
        set_value(message, path, choices.pick(IDS))
    return Case((*messages, *emails, *orders), settings)


def group_values(choices: ByteChoices) -> Case:
    """Return groups with any values in all fields of the company and of its person."""
    messages = [copy_of(GROUP, userId=choices.pick(IDS)) for _ in range(2)]
    write(choices, messages[0], "traits", COMPANY)
    write(choices, messages[0], "context.traits", PERSON)
    write(choices, messages[1], "traits", ("url", "mrr"))
    set_value(messages[1], "context.traits.email", "a@example.com")
    set_value(messages[1], "groupId", choices.pick(IDS))
    set_value(messages[1], "context.traits.userId", choices.pick(IDS))
    return Case(tuple(messages))


def unread(kind: int, choices: ByteChoices) -> Case:
    """Return messages with one field that no row reads, and one with several such fields.

    The first three name a user, an email, or nobody.
    """
    path, value = choices.pick(UNREAD)
    look, place = choices.pick((*LOOKALIKES,)), choices.pick(("traits", "context.traits", "properties"))
    messages = [copy_of(KINDS[kind], **who) for who in ({"userId": "u1"}, {}, {}, {"userId": "u2"})]
    set_value(messages[1], "context.traits.email", "a@example.com")
    set_value(messages[1], "groupId", ...)
    for where in ("traits", "context.traits", "properties"):
        set_value(messages[0], f"{where}.color", "red")
    for message in messages[:3]:
        set_value(message, path, value)
        if not choices.number(3):
            set_value(message, choices.pick(("messageId", "timestamp", "groupId")), ...)
    for name, found in ((look, LOOKALIKES[look]), *(one for one in LOOKALIKES.items() if choices.flag())):
        set_value(messages[3], f"{place}.{name}", found)
    if choices.flag():
        set_value(messages[3], "groupId", ...)
    messages.append(copy_of(KINDS[kind], userId="u4", timestamp=...))
    set_value(messages[4], path, value)
    settings = choices.pick((SETTINGS, WITH_ANONYMOUS_ID, {**SETTINGS, **UNREAD_SETTINGS}))
    return Case(tuple(messages), dict(settings))


def above_limits(choices: ByteChoices) -> Case:
    """Return a message above a limit of Custify."""
    kind, path, value = choices.pick(ABOVE)
    message = copy_of(KINDS[kind], userId="u1")
    set_value(message, path, value)
    return Case((message,))


def in_turn(choices: ByteChoices) -> Case:
    """Return messages in turn that have ids and messageIds in common; some name nobody."""
    messages = [{**any_message(choices), **choices.pick(({}, {}, {"messageId": "m1"}))} for _ in range(4)]
    nobody = copy_of(choices.pick(KINDS), **NOBODY)
    place = choices.number(5)
    return Case((*messages[:place], nobody, *messages[place:]))


AS_THEY_ARE: Final = (
    "A value is sent as it is, whatever its kind: no field is trimmed, cut, converted or renamed"
)
LAWS: Final = (
    rule("identify.values", AS_THEY_ARE, identify_values, 40, EVERY_FIELD),
    rule("track.values", AS_THEY_ARE, track_values, 28, EVERY_FIELD),
    rule("group.values", AS_THEY_ARE, group_values, 46, EVERY_FIELD),
    *(
        rule(
            f"{name}.unread", "Fields that no row names are not read", partial(unread, kind), 60, EVERY_FIELD
        )
        for kind, name in enumerate(("identify", "track", "group"))
    ),
    rule(
        "message.above-limits",
        "A message above a limit of the vendor is sent unchanged",
        above_limits,
        1,
        EVERY_FIELD,
    ),
    rule(
        "message.in-turn",
        "transform keeps no state: no message has an effect on the next one",
        in_turn,
        180,
        EVERY_FIELD,
    ),
)
