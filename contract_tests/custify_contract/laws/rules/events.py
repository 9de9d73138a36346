"""Rules about track: the name, the time, the company, the properties and the deduplication of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import SETTINGS, Case
from custify_contract.laws.rules.fields import ATTRIBUTES, NO_ATTRIBUTES
from custify_contract.laws.rules.rule import rule
from custify_contract.rules import tables
from custify_contract.strategies.edge_values import (
    IDS,
    NO_IDS,
    NO_OBJECTS,
    NO_SCALARS,
    NO_TEXTS,
    SCALARS,
    SWITCHES,
    TEXTS,
    fill,
    set_value,
)

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

TIME: Final = "2026-03-02T09:00:00.000Z"
PAID: Final = {"type": "track", "userId": "u1", "messageId": "m1", "event": "Paid", "timestamp": TIME}
PROPERTY_NAMES: Final = (
    "value",
    "label",
    "größe",
    "user_id",
    "userId",
    "email",
    "name",
    "revenue",
    "company_id",
    "organization_id",
    "companyId",
    "order",
)
FIELDS: Final = (
    *("order",) * 8,
    *("properties.order", "messageId", "context.traits.seat", "nowhere", "", " ", None, ...),
    *("Order", " order ", "properties", "order.id", "properties.code", 5, 5.0, 1.5, 0, True, False),
    *(["order"], ["a", "b"], {"a": 1}, float("inf")),
)
# Keys that the text of a setting without a field would name, and names with a dot.
ODD_KEYS: Final = {
    **{str(name): f"odd {name}" for name in (0, 5, "1.5", "true", "True", "false", "null", "None")},
    **{name: f"odd {name}" for name in ("undefined", "a,b", "[object Object]", "Infinity", "", " ")},
}
DOTTED: Final = {"order.id": "dotted order", "properties.code": "dotted code"}
ORDER_PLACES: Final = ("order", "properties.order", "properties.properties.order")


def event_name(choices: ByteChoices) -> Case:
    """Return a track with any value as its event."""
    message = {**PAID}
    set_value(message, "event", choices.pick((*TEXTS, *NO_TEXTS)))
    set_value(message, "properties.event", choices.pick((..., "Other")))
    set_value(message, "properties.name", choices.pick((..., "Other")))
    return Case((message,))


def event_time(choices: ByteChoices) -> Case:
    """Return a track with edge values as its times; other times do not count."""
    message = {**PAID, "sentAt": TIME, "receivedAt": TIME}
    fill(choices, message, tables.EVENT_TIME, SCALARS, NO_SCALARS)
    return Case((message,))


def event_company(choices: ByteChoices) -> Case:
    """Return a track with edge values in all places of a company; other places do not count."""
    message = {**PAID, "groupId": "g1", "context": {"traits": {"company": {"id": "c1"}}, "groupId": "g2"}}
    fill(choices, message, tables.EVENT_COMPANY, IDS, NO_IDS)
    return Case((message,))


def properties(choices: ByteChoices) -> Case:
    """Return a track with properties of every kind; traits are no properties."""
    message = {**PAID, "traits": {"plan": "Pro"}, "context": {"traits": {"name": "Ann"}}}
    for name in PROPERTY_NAMES:
        set_value(message, f"properties.{name}", choices.pick((*ATTRIBUTES, *NO_ATTRIBUTES)))
    if not choices.number(6):
        set_value(message, "properties", choices.pick(NO_OBJECTS))
    return Case((message,))


def deduplication(choices: ByteChoices) -> Case:
    """Return a track for any field of deduplication, with edge values in all places of the field."""
    other = {"traits": {"order": "t1"}, "context": {"order": "c1", "traits": {"order": "x1", "seat": "s1"}}}
    message: dict[str, Any] = {**PAID, **other, **ODD_KEYS}
    message["properties"] = dict(choices.pick(({}, ODD_KEYS, DOTTED, {"Order": "upper", "code": 7})))
    fill(choices, message, ORDER_PLACES, IDS[:5], NO_IDS[1:8])
    set_value(message, "messageId", choices.pick(("m1", "m1", "M2", 5, 0, "", " ", None, ...)))
    field = choices.pick(FIELDS)
    chosen = {} if field is ... else {"deduplicationField": field}
    return Case((message,), {**SETTINGS, "enablededuplication": True, **chosen})


def deduplication_switch(choices: ByteChoices) -> Case:
    """Return a track for any value of the setting of deduplication."""
    switch = choices.pick(SWITCHES)
    settings = {**SETTINGS, "deduplicationField": choices.pick(("order", "messageId"))}
    settings |= {} if switch is ... else {"enablededuplication": switch}
    return Case(({**PAID, "properties": {"order": "o1"}},), settings)


def odd_track(choices: ByteChoices) -> Case:
    """Return a track whose traits, context or properties are no object."""
    message: dict[str, Any] = {**PAID, "traits": {"email": "t@example.com"}}
    message |= {"context": {"traits": {"email": "c@example.com"}}, "properties": {"email": "p@example.com"}}
    message |= {"email": "e@example.com"}
    for place in ("traits", "context.traits", "context", "properties"):
        if choices.flag():
            set_value(message, place, choices.pick(NO_OBJECTS))
    return Case((message,))


LAWS: Final = (
    rule("track.event-edges", "The name of an event: text that is not blank", event_name, 3, "event.name"),
    rule(
        "track.time-edges",
        "A track without a time is refused; an object or a list counts as missing",
        event_time,
        3,
        "event.created_at",
    ),
    rule(
        "track.company-places",
        "The company of a track: organization_id, company_id, companyId of the properties",
        event_company,
        4,
        "event.company_id",
    ),
    rule(
        "track.properties",
        "Scalar properties are sent as metadata, including 0, false and empty text; they stay when they name "
        "the company; user_id is not added",
        properties,
        16,
        "event.metadata",
    ),
    rule(
        "track.deduplication-places",
        "Deduplication: the field is searched in the message, then in its properties, else messageId",
        deduplication,
        7,
        "event.deduplication_id",
    ),
    rule(
        "track.deduplication-switch",
        "Settings given as text: only true and the text true switch a setting on",
        deduplication_switch,
        2,
        "event.deduplication_id",
    ),
    rule(
        "track.odd-places",
        "Traits, context or properties that are not an object are empty",
        odd_track,
        8,
        "*",
    ),
)
