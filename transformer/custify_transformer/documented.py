"""What the documentation page promises, and a user expects where it is silent. Its sibling is `production`.

Both modules hold functions of the same names; `profiles` pairs them. Source: documentation page, by heading;
what it leaves open is settled in the project's decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.errors import ConfigurationError, InstrumentationError
from custify_transformer.javascript import get, text
from custify_transformer.mapping import (
    CONTEXT_TRAITS,
    MESSAGE,
    PROPERTIES,
    TRAITS,
    Message,
    Paths,
    Payload,
    Places,
    compile_paths,
    compile_table,
    places_of,
)
from custify_transformer.tables import (
    COMPANY,
    EVENT,
    EVENT_COMPANY,
    FIRST_NAME,
    LAST_NAME,
    MEMBER,
    MEMBER_FIRST_NAME,
    MEMBER_LAST_NAME,
    PERSON,
)
from custify_transformer.values import INFINITIES, SCALARS, as_id, first_id, first_scalar, first_text, is_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Table

SUPPORTED: Final = frozenset({"identify", "track", "group"})


IDS: Final = {"user_id": first_id, "company_id": first_id, "email": first_text}
PERSON_ROWS: Final = compile_table(PERSON, first_scalar, IDS)
MEMBER_ROWS: Final = compile_table(MEMBER, first_scalar, IDS)
EVENT_ROWS: Final = compile_table(EVENT, first_scalar, {**IDS, "name": first_text})
COMPANY_ROWS: Final = compile_table(COMPANY, first_scalar, IDS)
EVENT_COMPANY_PATHS: Final = compile_paths(EVENT_COMPANY)


def mapped_names(table: Table, place: str) -> frozenset[str]:
    """Return the names inside `place` that a table maps: these do not become custom attributes again."""
    parts = (path.rpartition(".") for paths in table.values() for path in paths)
    return frozenset(name for where, _, name in parts if where == place)


MAPPED_TRAITS: Final = mapped_names(PERSON, "traits")
MAPPED_MEMBER_TRAITS: Final = mapped_names(MEMBER, "context.traits")


def message_type(message: Any, destination: Destination) -> str:
    """Return the type of a message; refuse settings without a key, what is no message, and other types."""
    check_key(destination.api_key)
    if not isinstance(message, dict):
        raise InstrumentationError("The message is not a JSON object")
    kind = message.get("type")
    if kind is None or kind == "":
        raise InstrumentationError("Message Type is not present. Ignoring message.")
    if not isinstance(kind, str):
        raise InstrumentationError("Message type must be text: identify, track or group")
    name = kind.strip().lower()
    if name not in SUPPORTED:
        raise InstrumentationError(f"Message type {name} is not supported: send identify, track or group")
    return name


def check_key(key: Any) -> None:
    """Refuse a destination whose API key cannot authenticate a request. Source: "Connection settings"."""
    if not isinstance(key, str) or not key.strip():
        raise ConfigurationError("apiKey is mandatory: set the Custify API key in the destination settings")
    if not key.isascii() or not key.isprintable():
        raise ConfigurationError(
            "apiKey must be printable ASCII: check the Custify API key in the destination settings"
        )


def check_settings(_destination: Destination) -> None:
    """Pass: the settings were checked with the type."""


def find_places(message: Message) -> Places:
    """Return the places of `message`; a dot in a key is part of the key."""
    return places_of(message)


def fall_back_to_anonymous_id(payload: Payload, message: Message, destination: Destination) -> None:
    """Name the person by anonymousId if the setting is on and no user id is there. Source: "Identify"."""
    if "user_id" in payload or not is_on(destination.send_anonymous_id):
        return
    anonymous_id = as_id(message.get("anonymousId"))
    if anonymous_id is not None:
        payload["user_id"] = anonymous_id


def full_name(places: Places) -> str | None:
    """Return "first last", or the one there is; None without both."""
    return joined_name(FIRST, LAST, places)


def member_full_name(places: Places) -> str | None:
    """Return the full name of a group's person, whose names are not looked for in the company's traits."""
    return joined_name(MEMBER_FIRST, MEMBER_LAST, places)


FIRST: Final = compile_paths(FIRST_NAME)
LAST: Final = compile_paths(LAST_NAME)
MEMBER_FIRST: Final = compile_paths(MEMBER_FIRST_NAME)
MEMBER_LAST: Final = compile_paths(MEMBER_LAST_NAME)


def joined_name(first: Paths, last: Paths, places: Places) -> str | None:
    """Return the first and the last name with a blank between, as far as they are there."""
    return " ".join(name for paths in (first, last) if (name := first_text(paths, places))) or None


def companies(_payload: Payload, places: Places, _company_id: Any) -> list[Payload] | None:
    """Return the company to link or to leave: the one the traits name. Source: "Removing users"."""
    company: Any
    for place in (CONTEXT_TRAITS, TRAITS):
        company = places[place].get("company")
        if company.__class__ is not dict:
            continue
        company_id = as_id(company.get("id"))
        if company_id is not None:
            return [{"company_id": company_id, "remove": is_on(company.get("remove"))}]
    return None


def member_companies(_payload: Payload, _places: Places, company_id: Any) -> list[Payload] | None:
    """Return the company of the group, and nothing else: other companies belong to identify."""
    return [{"company_id": company_id, "remove": False}]


def attributes(_payload: Payload, places: Places) -> Payload | None:
    """Return the unmapped scalars of both places, those of the traits first; None for none."""
    remembered = unmapped(places[CONTEXT_TRAITS], MAPPED_TRAITS)
    given = places[TRAITS]
    return ({**remembered, **unmapped(given, MAPPED_TRAITS)} if given else remembered) or None


def member_attributes(_payload: Payload, places: Places) -> Payload | None:
    """Return the unmapped scalars of a group's person; None for none."""
    return unmapped(places[CONTEXT_TRAITS], MAPPED_MEMBER_TRAITS) or None


def unmapped(traits: Mapping[str, Any], mapped: frozenset[str]) -> Payload:
    """Return the scalars of `traits` that no row maps; an empty text is one."""
    return {
        k: v for k, v in traits.items() if v.__class__ in SCALARS and k not in mapped and v not in INFINITIES
    }


def check_event(event: Payload) -> None:
    """Refuse a track without a name; one without a time happens as it arrives."""
    if "name" not in event:
        raise InstrumentationError('Missing required value from "event"')


def event_company(properties: Any) -> str | None:
    """Return the id of the company that the properties name, as text."""
    return first_id(EVENT_COMPANY_PATHS, places_of({"properties": properties}))


def metadata(properties: Any, _user_id: Any) -> Payload:
    """Return the scalars among the properties, 0, false and "" included."""
    return unmapped(properties, frozenset()) if properties.__class__ is dict else {}


def deduplication_id(message: Message, destination: Destination) -> str | None:
    """Return what the configured path finds in message or properties, else the messageId, as text."""
    if not is_on(destination.enable_deduplication):
        return None
    path = text(destination.deduplication_field)
    places = places_of(message)
    candidates = (get(message, path), get(dict(places[PROPERTIES]), path), places[MESSAGE].get("messageId"))
    return next((found for value in candidates if (found := as_id(value)) is not None), None)


def delivered(_message: Message, _places: Places, payload: Payload, *_traits: Any) -> Payload:
    """Return `payload`: the page knows no other form of a record."""
    return payload
