"""One rule for each known divergence: which differences it explains, for which messages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from custify_transformer.documented import tables
from custify_transformer.documented.values import as_id
from custify_transformer.javascript import is_truthy
from custify_transformer.production.dotted_keys import find_places
from custify_transformer.production.tables import RESERVED_OF_COMPANY, RESERVED_OF_PERSON
from custify_transformer.production.warehouse import is_warehouse_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_transformer.divergences.message_view import MessageView

MAPPED: Final = {
    path.rpartition(".")[2]
    for table in (tables.PERSON, tables.COMPANY)
    for paths in table.values()
    for path in paths
    if path.startswith("traits.")
}
RESERVED: Final = RESERVED_OF_PERSON | RESERVED_OF_COMPANY


def has_key(config: dict[str, Any]) -> bool:
    """Return whether the settings have an API key that can be sent."""
    return isinstance(config.get("apiKey"), str) and bool(config["apiKey"])


def is_warehouse(message: Any) -> bool:
    """Return whether production treats the message as a warehouse record."""
    return isinstance(message, dict) and is_warehouse_record(find_places(message))


def is_odd(value: Any) -> bool:
    """Return whether a value is present and is not text with at least one visible character."""
    return value is not None and value != "" and (not isinstance(value, str) or as_id(value) is None)


def is_container(value: Any) -> bool:
    """Return whether a value is an object, a list, or an infinite number."""
    return isinstance(value, (dict, list)) or value in (float("inf"), float("-inf"))


NAME_PARTS: Final[tuple[str, ...]] = tuple(
    path.rpartition(".")[2] for paths in tables.NAME_PARTS.values() for path in paths
)
ATTRIBUTES: Final = ("people.custom_attributes", "company.custom_attributes")
IDENTITY: Final = ("refusal", "requests", "people.user_id", "people.email", "event.user_id", "event.email")
IDS: Final = (*IDENTITY, "company.company_id", "event.company_id", "people.companies", "event.metadata")

# Divergence: whether it explains that a part of this message differs; parts as `differences` returns them.
RULES: Final[dict[str, Callable[[MessageView, str], bool]]] = {
    "missing-api-key": lambda view, part: part == "refusal" and not has_key(view.config),
    "setting-as-text": lambda view, part: (
        part in IDS
        and is_truthy(view.config.get("sendAnonymousId")) is not (view.config.get("sendAnonymousId") is True)
    ),
    "group-without-id": lambda view, part: (
        part == "refusal"
        and view.kind == "group"
        and not any(is_truthy(place.get("groupId")) for place in (view.message, view.traits))
    ),
    "orphan-company": lambda view, part: part == "requests" and view.kind == "group",
    "remembered-company": lambda view, part: (
        part == "people.companies" and view.kind == "group" and "company" in view.context_traits
    ),
    "sticky-removal": lambda view, part: (
        part == "people.companies"
        and view.kind == "group"
        and isinstance(view.context_traits.get("company"), dict)
        and view.context_traits["company"].get("remove", False) is not False
    ),
    "group-id-in-traits": lambda view, part: (
        part == "people.companies" and view.kind == "group" and not is_truthy(view.message.get("groupId"))
    ),
    "sample-one-level-down": lambda view, _: (
        view.kind == "group"
        and any(isinstance(view.traits.get(name), dict) for name in ("traits", "context"))
    ),
    "mapped-come-twice": lambda view, part: (
        part in ATTRIBUTES
        and any(name in place for name in MAPPED | {"id"} for place in (view.traits, view.context_traits))
    ),
    "reserved-names-vanish": lambda view, part: (
        part in ATTRIBUTES
        and any(name in place for name in RESERVED for place in (view.traits, view.context_traits))
    ),
    "monthly-revenue-undocumented": lambda view, part: (
        part == "company.monthly_revenue" and "monthly_revenue" in view.traits
    ),
    "empty-custom-attributes": lambda view, part: (
        part in ATTRIBUTES and not any(map(attributes_of, (view.traits, view.context_traits)))
    ),
    "traits-hide-context": lambda view, part: (
        part in (ATTRIBUTES[0], "people.companies")
        and view.kind == "identify"
        and all(trait is not None and trait != "" for trait in view.raw_traits)
    ),
    "traits-of-any-type": lambda view, part: (
        part in ATTRIBUTES
        and any(not isinstance(trait, dict) and trait is not None for trait in view.raw_traits)
    ),
    "infinite-number": lambda view, _: may_hold_infinity(view.message) and has_infinity(view.message),
    "falsy-properties-lost": lambda view, part: (
        part == "event.metadata"
        and any(value is not None and not is_truthy(value) for value in view.properties.values())
    ),
    "user-id-in-metadata": lambda view, part: (
        part == "event.metadata"
        and not any(
            is_truthy(view.properties.get(name)) and not is_container(view.properties[name])
            for name in ("user_id", "userId")
        )
    ),
    "properties-of-any-type": lambda view, part: (
        part == "event.metadata" and isinstance(view.message.get("properties"), (str, list))
    ),
    "ids-keep-their-type": lambda view, part: (
        part in IDS
        and any(
            is_odd(one) and not isinstance(one, str) and (part != "refusal" or is_truthy(one))
            for one in view.ids
        )
    ),
    "zero-id-refused": lambda view, part: (
        part in IDS and any(isinstance(one, (int, float)) and not one for one in view.ids)
    ),
    "blank-id-accepted": lambda view, part: (
        part in IDS and any(isinstance(one, str) and as_id(one) is None for one in view.ids)
    ),
    "email-of-any-type": lambda view, part: part in IDENTITY and any(map(is_odd, view.values("email"))),
    "odd-values-in-fields": lambda view, part: (
        (part == "refusal" or part.partition(".")[2] in {*tables.PERSON, *tables.COMPANY, *tables.EVENT})
        and any(
            is_container(value)
            for value in (
                *view.values(*MAPPED),
                *(view.message.get(name) for name in ("timestamp", "originalTimestamp")),
            )
        )
    ),
    "odd-remove": lambda view, part: (
        part == "people.companies"
        and any(
            isinstance(company, dict) and company.get("remove", False) not in (True, False)
            for company in (view.traits.get("company"), view.context_traits.get("company"))
        )
    ),
    "company-order-of-places": lambda view, part: (
        part == "people.companies" and "company" in view.traits and "company" in view.context_traits
    ),
    "identify-group-id": lambda view, part: (
        part == "people.companies" and view.kind == "identify" and is_truthy(view.message.get("groupId"))
    ),
    "signed-up-at-of-group": lambda view, part: part == "people.signed_up_at" and view.kind == "group",
    "person-from-company-traits": lambda view, part: (
        part in (*IDENTITY, "people.name")
        and view.kind == "group"
        and bool({"userId", "id", *NAME_PARTS} & set(view.traits))
    ),
    "email-places": lambda view, part: (
        (part in IDENTITY or part == "people.phone")
        and (bool({"email", "phone"} & set(view.properties)) or "email" in view.message)
    ),
    "time-required": lambda view, part: (
        part == "refusal"
        and view.kind == "track"
        and not any(is_truthy(view.message.get(name)) for name in ("timestamp", "originalTimestamp"))
    ),
    "event-of-any-type": lambda view, part: (
        part in ("refusal", "event.name") and is_odd(view.message.get("event"))
    ),
    "falsy-company-of-event": lambda view, part: (
        part == "event.company_id" and view.properties.get("companyId") == ""
    ),
    "deduplication": lambda _view, part: part == "event.deduplication_id",
    "dotted-keys": lambda view, _: (
        "." in "".join((*view.message, *view.context, *view.traits, *view.context_traits))
    ),
    "warehouse-record": lambda view, _: is_warehouse(view.message),
    "name-of-any-type": lambda view, part: (
        part == "people.name" and any(map(is_odd, view.values(*NAME_PARTS)))
    ),
    "type-spelling": lambda view, part: part == "refusal" and view.message.get("type") != view.kind,
    "refusal-wording": lambda view, part: (
        part == "refusal" and view.kind not in ("identify", "track", "group")
    ),
    "company-headers": lambda _view, part: part == "company.headers",
}


# The parts that a rule can explain, for the rules that look at the part first; the others may explain any.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "missing-api-key": ("refusal",),
    "setting-as-text": IDS,
    "group-without-id": ("refusal",),
    "orphan-company": ("requests",),
    "remembered-company": ("people.companies",),
    "sticky-removal": ("people.companies",),
    "group-id-in-traits": ("people.companies",),
    "mapped-come-twice": ATTRIBUTES,
    "reserved-names-vanish": ATTRIBUTES,
    "monthly-revenue-undocumented": ("company.monthly_revenue",),
    "empty-custom-attributes": ATTRIBUTES,
    "traits-hide-context": (ATTRIBUTES[0], "people.companies"),
    "traits-of-any-type": ATTRIBUTES,
    "falsy-properties-lost": ("event.metadata",),
    "user-id-in-metadata": ("event.metadata",),
    "properties-of-any-type": ("event.metadata",),
    "ids-keep-their-type": IDS,
    "zero-id-refused": IDS,
    "blank-id-accepted": IDS,
    "email-of-any-type": IDENTITY,
    "odd-remove": ("people.companies",),
    "company-order-of-places": ("people.companies",),
    "identify-group-id": ("people.companies",),
    "signed-up-at-of-group": ("people.signed_up_at",),
    "person-from-company-traits": (*IDENTITY, "people.name"),
    "email-places": (*IDENTITY, "people.phone"),
    "time-required": ("refusal",),
    "event-of-any-type": ("refusal", "event.name"),
    "falsy-company-of-event": ("event.company_id",),
    "deduplication": ("event.deduplication_id",),
    "name-of-any-type": ("people.name",),
    "type-spelling": ("refusal",),
    "refusal-wording": ("refusal",),
    "company-headers": ("company.headers",),
}


# Whatever part differs, these look at the whole message only.
WHOLE: Final = ("sample-one-level-down", "infinite-number", "dotted-keys", "warehouse-record")


@cache
def rules_for(part: str) -> list[tuple[str, Callable[[MessageView, str], bool]]]:
    """Return the rules that can explain a part and look at it, each with the id of its divergence."""
    rules = [(name, rule) for name, rule in RULES.items() if name not in WHOLE]
    return [(name, rule) for name, rule in rules if part in PARTS.get(name, (part,))]


def attributes_of(traits: dict[str, Any]) -> list[str]:
    """Return the names of traits that become custom attributes in the profile `documented`."""
    return [
        name
        for name, value in traits.items()
        if name not in MAPPED and value is not None and not is_container(value)
    ]


def may_hold_infinity(message: Any) -> bool:
    """Return whether an infinite number can be in a message: it is printed as null."""
    try:
        return b"null" in msgspec.json.encode(message)
    except (ValueError, RecursionError):
        return True


def has_infinity(value: Any) -> bool:
    """Return whether there is an infinite number anywhere in `value`."""
    if isinstance(value, (dict, list)):
        return any(map(has_infinity, value.values() if isinstance(value, dict) else value))
    return value in (float("inf"), float("-inf"))
