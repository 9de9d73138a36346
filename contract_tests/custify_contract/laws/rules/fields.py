"""Rules about fields: each row of the mapping tables with edge values, names in parts, custom attributes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case
from custify_contract.laws.rules.company import GROUP, IDENTIFY
from custify_contract.laws.rules.rule import rule
from custify_contract.rules import tables
from custify_contract.strategies.edge_values import (
    CONTAINERS,
    NO_OBJECTS,
    NO_SCALARS,
    SCALARS,
    fill,
    set_value,
)

if TYPE_CHECKING:
    from custify_contract.law import Law
    from custify_contract.strategies.byte_choices import ByteChoices

    Paths = tuple[str, ...]

PERSON_PLACES: Final = ("traits", "context.traits")
NAMES: Final = ("Ann", "ÜNAL", " li ", "0")
NO_NAMES: Final[tuple[Any, ...]] = (..., None, "", " ", 0, 5, True, [], {})
ATTRIBUTES: Final[tuple[Any, ...]] = ("x", "", " ", 0, False, True, 12.5, "日本", "X" * 300)
NO_ATTRIBUTES: Final[tuple[Any, ...]] = (None, float("inf"), *CONTAINERS, ...)
ATTRIBUTE_NAMES: Final = (
    "country",
    "größe",
    "session_count",
    "signed_up_at",
    "user_id",
    "company_id",
    "firstName",
    "last_name",
    "company",
    "companies",
    "industry",
    "churned",
    "title",
    "createdAt",
    "Email",
    "groupId",
    "anonymousId",
    "monthly_revenue",
)
MAPPED_NAMES: Final = (*sorted(tables.PERSON_NAMES), *sorted(tables.COMPANY_NAMES))


def row(message: dict[str, Any], paths: Paths, choices: ByteChoices) -> Case:
    """Return a message with edge values in all places of a field."""
    sent = dict(message)
    fill(choices, sent, paths, SCALARS, NO_SCALARS)
    return Case((sent,))


def row_laws() -> tuple[Law, ...]:
    """Return one law for each field of the tables."""
    kinds = (
        ("identify", IDENTIFY, "people", tables.PERSON),
        ("group.company", GROUP, "company", tables.COMPANY),
        ("group.member", GROUP, "people", tables.MEMBER),
    )
    return tuple(
        rule(
            f"{kind}.{field}.edges",
            f"{' / '.join(paths)}: null, empty text, an object, a list and infinity count as missing",
            partial(row, message, paths),
            len(paths) + 1,
            f"{request}.{field}",
        )
        for kind, message, request, table in kinds
        for field, paths in table.items()
    )


def name_parts(message: dict[str, Any], places: Paths, choices: ByteChoices) -> Case:
    """Return a message with parts of a name in every spelling and place."""
    sent = dict(message)
    for spellings in (tables.FIRST, tables.LAST):
        fill(choices, sent, [f"{place}.{name}" for place in places for name in spellings], NAMES, NO_NAMES)
    set_value(sent, f"{choices.pick(places)}.name", choices.pick((..., ..., ..., "", "Whole Name")))
    return Case((sent,))


def attributes(message: dict[str, Any], choices: ByteChoices) -> Case:
    """Return a message with traits in both places: with and without a row, storable or not."""
    sent = dict(message)
    for name in ATTRIBUTE_NAMES:
        place = choices.pick((*PERSON_PLACES, None))
        for other in (place,) if place else PERSON_PLACES:
            set_value(sent, f"{other}.{name}", choices.pick((*ATTRIBUTES, *NO_ATTRIBUTES)))
    for _ in range(3):
        set_value(sent, f"{choices.pick(PERSON_PLACES)}.{choices.pick(MAPPED_NAMES)}", "mapped")
    return Case((sent,))


def odd_places(message: dict[str, Any], choices: ByteChoices) -> Case:
    """Return a message whose traits, context or context.traits are no object, or are empty."""
    sent = dict(message)
    for place in PERSON_PLACES:
        set_value(sent, f"{place}.country", choices.pick(("DE", ..., "AT")))
        set_value(sent, f"{place}.phone", choices.pick(("1", ..., "2")))
    for place in ("context.traits", "traits", "context"):
        if not choices.number(3):
            set_value(sent, place, choices.pick(NO_OBJECTS))
    return Case((sent,))


LAWS: Final = (
    *row_laws(),
    rule(
        "identify.name-parts",
        "A name falls back to first and last name, as text",
        partial(name_parts, IDENTIFY, PERSON_PLACES),
        16,
        "people.name",
    ),
    rule(
        "group.member.name-parts",
        "A name falls back to first and last name; the company's traits do not name a person",
        partial(name_parts, GROUP, ("context.traits",)),
        10,
        "people.name",
    ),
    rule(
        "identify.attributes",
        "traits and context.traits are merged, the traits win key by key; names that no row maps become "
        "custom attributes",
        partial(attributes, IDENTIFY),
        60,
        "people.custom_attributes",
    ),
    rule(
        "group.attributes",
        "Mapped attributes do not also become custom attributes; names that no row maps do",
        partial(attributes, GROUP),
        60,
        "people.custom_attributes",
        "company.custom_attributes",
    ),
    rule(
        "identify.odd-traits",
        "An object or a list in a mapped field counts as missing; traits that are not an object are empty",
        partial(odd_places, IDENTIFY),
        10,
        "*",
    ),
    rule("group.odd-traits", "Traits that are not an object are empty", partial(odd_places, GROUP), 10, "*"),
)
