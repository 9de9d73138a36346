"""What only RudderStack's own transformer does, quirk for quirk. Its sibling is `documented`.

Both modules hold functions of the same names; `profiles` pairs them. Source: recorded behaviour, by section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.errors import InstrumentationError, JavaScriptTypeError
from custify_transformer.javascript import FUNCTION, UNDEFINED, get, is_truthy, text
from custify_transformer.mapping import (
    CONTEXT,
    Message,
    Paths,
    Payload,
    Places,
    compile_paths,
    compile_table,
    literal_keys,
    literal_places_of,
    places_of,
)
from custify_transformer.tables import (
    EVENT_COMPANY,
    FIRST_NAME,
    LAST_NAME,
    PRODUCTION_COMPANY,
    PRODUCTION_EVENT,
    PRODUCTION_MEMBER,
    PRODUCTION_PERSON,
    RESERVED_OF_PERSON,
)
from custify_transformer.warehouse import identified

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

CONTAINERS: Final[frozenset[type]] = frozenset({dict, list})
NO_ATTRIBUTE: Final[frozenset[type]] = frozenset({dict, list, type(None)})
SUPPORTED: Final = frozenset({"identify", "track", "group"})


def first_usable(paths: Paths, places: Places) -> Any:
    """Return the first value that is neither missing, null nor "", else None; 0 and false end the search."""
    for place, key in paths:
        value = places[place].get(key)
        if value is not None and value != "":
            return value
    return None


PERSON_ROWS: Final = compile_table(PRODUCTION_PERSON, first_usable)
MEMBER_ROWS: Final = compile_table(PRODUCTION_MEMBER, first_usable)
EVENT_ROWS: Final = compile_table(PRODUCTION_EVENT, first_usable)
COMPANY_ROWS: Final = compile_table(PRODUCTION_COMPANY, first_usable)
FIRST: Final = compile_paths(FIRST_NAME)
LAST: Final = compile_paths(LAST_NAME)
ALL_PATHS: Final = (
    *(path for table in (PRODUCTION_PERSON, PRODUCTION_MEMBER, PRODUCTION_EVENT, PRODUCTION_COMPANY)
      for paths in table.values() for path in paths),
    *FIRST_NAME,
    *LAST_NAME,
    "context.mappedToDestination",
)  # fmt: skip
LITERAL_KEYS: Final = literal_keys(ALL_PATHS)


def find_places(message: Message) -> Places:
    """Return the places of `message`; a key with dots in it may stand for a path (section 2, `get`)."""
    places = places_of(message)
    if LITERAL_KEYS.isdisjoint(message) and LITERAL_KEYS.isdisjoint(places[CONTEXT]):
        return places
    return literal_places_of(message, ALL_PATHS)


def message_type(message: Any, destination: Destination) -> str:
    """Return the lower-cased type of a message. Source: section 4, checks 1 to 4."""
    if message is None or message is UNDEFINED:
        raise JavaScriptTypeError(f"Cannot read properties of {text(message)} (reading 'type')")
    kind = message.get("type") if isinstance(message, dict) else None
    if not is_truthy(kind):
        raise InstrumentationError("Message Type is not present. Ignoring message.")
    if not isinstance(kind, str):
        raise JavaScriptTypeError("message.type.toLowerCase is not a function")
    name = kind.lower()
    if name not in SUPPORTED:
        raise InstrumentationError("Message type not supported")
    if destination.absent.startswith("destination"):
        missing = (
            ("object null", "null") if destination.absent.endswith("null") else ("undefined", "undefined")
        )
        raise JavaScriptTypeError(
            f"Cannot destructure property 'Config' of '{missing[0]}' as it is {missing[1]}."
        )
    return name


def check_settings(destination: Destination) -> None:
    """Fail as the settings are opened when there is no Config at all. Source: section 4, check 4."""
    if destination.absent:
        missing = "null" if destination.absent.endswith("null") else "undefined"
        raise JavaScriptTypeError(
            f"Cannot destructure property 'sendAnonymousId' of 'Config' as it is {missing}."
        )


def fall_back_to_anonymous_id(payload: Payload, message: Message, destination: Destination) -> None:
    """Name the person by anonymousId, raw; none at all takes a user_id of 0 away.

    Source: section 5, step 1.
    """
    if is_truthy(payload.get("user_id")) or not is_truthy(destination.send_anonymous_id):
        return
    payload["user_id"] = message.get("anonymousId")
    if payload["user_id"] is None:
        del payload["user_id"]


def full_name(places: Places) -> Any:
    """Return "first last", or the one there is, raw; None without both. Source: section 5, step 3."""
    first, last = first_usable(FIRST, places), first_usable(LAST, places)
    if not is_truthy(first):
        return last
    return f"{text(first)} {text(last)}" if is_truthy(last) else first


def companies(payload: Payload, places: Places, _company_id: Any) -> list[Payload] | None:
    """Return the company to link: the one in the traits, else groupId. Source: section 5, step 4."""
    traits = payload.get("custom_attributes")
    named = company_member(traits, "id")
    company_id = named if is_truthy(named) else places[0].get("groupId")
    if not is_truthy(company_id):
        return None
    remove = company_member(traits, "remove")
    return [{"company_id": company_id, "remove": False if remove is UNDEFINED else remove}]


def company_member(traits: Any, name: str) -> Any:
    """Return `company.<name>` of the traits, else UNDEFINED; the path may be one key with a dot."""
    if traits.__class__ is not dict:
        return UNDEFINED
    company = traits.get("company", UNDEFINED)
    if company is UNDEFINED:
        return traits.get(f"company.{name}", UNDEFINED)
    return company.get(name, UNDEFINED) if company.__class__ is dict else UNDEFINED


def attributes(payload: Payload, _places: Places) -> Any:
    """Return the chosen traits without reserved names and what is no scalar. Source: section 5, step 5."""
    return stripped(payload.get("custom_attributes"), RESERVED_OF_PERSON)


def stripped(traits: Any, reserved: frozenset[str]) -> Any:
    """Return `traits` without `reserved`, null, objects and lists; in a list these leave null behind."""
    if isinstance(traits, dict):
        return {k: v for k, v in traits.items() if k not in reserved and v.__class__ not in NO_ATTRIBUTE}
    if isinstance(traits, list):
        return [None if item.__class__ in CONTAINERS else item for item in traits]
    return traits


def check_event(event: Payload) -> None:
    """Refuse a track without a name or a time, in this order. Source: section 6, track."""
    if "name" not in event:
        raise InstrumentationError('Missing required value from "event"')
    if "created_at" not in event:
        raise InstrumentationError('Missing required value from ["timestamp","originalTimestamp"]')


def event_company(properties: Any) -> Any:
    """Return the first true id of a company, else the last of the three. Source: section 6, track."""
    if properties.__class__ is not dict:
        return None
    value = None
    for path in EVENT_COMPANY:
        value = properties.get(path.rpartition(".")[2])
        if is_truthy(value):
            return value
    return value


def metadata(properties: Any, user_id: Any) -> Payload:
    """Return the true scalars among the properties, and the user id unless they name one."""
    found = {k: v for k, v in entries(properties) if v and v.__class__ not in CONTAINERS}
    if is_truthy(user_id) and "user_id" not in found and "userId" not in found:
        found["user_id"] = user_id
    return found


def entries(value: Any) -> Any:
    """Return JavaScript's Object.entries: members of an object, items of a list, UTF-16 units of a text."""
    if value.__class__ is dict:
        return value.items()
    if value.__class__ is str:
        units = value.encode("utf-16-le", "surrogatepass")
        value = [units[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(units), 2)]
    return ((str(at), item) for at, item in enumerate(value)) if value.__class__ is list else ()


def deduplication_id(message: Message, destination: Destination) -> Any:
    """Return what the configured path leads to, else the messageId; None for nothing. Source: 6, track."""
    if not is_truthy(destination.enable_deduplication):
        return None
    value = get(message, text(destination.deduplication_field))
    if value is FUNCTION:
        return None
    return value if value is not UNDEFINED and is_truthy(value) else message.get("messageId")


def delivered(message: Message, places: Places, payload: Payload, *traits: Any) -> Any:
    """Return `payload`, or for a warehouse record the first usable of `traits`, with the external id.

    Source: section 7. The traits come as the steps before have left them.
    """
    if not is_truthy(places[CONTEXT].get("mappedToDestination")):
        return payload
    record = next((value for value in traits if value is not None and value != ""), None)
    if record is None:
        raise JavaScriptTypeError("Cannot read properties of null (reading 'user_id')")
    return identified(record, message)
