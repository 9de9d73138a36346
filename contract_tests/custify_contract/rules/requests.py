"""The requests that a message must lead to, or the reason of its refusal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from custify_contract.rules import tables
from custify_contract.rules.values import (
    DERIVED,
    as_object,
    at,
    attribute,
    first,
    identifier,
    is_on,
    name,
    scalar,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    Json = Any

NOBODY: Final = "Email or userId is mandatory"
NO_EVENT: Final = 'Missing required value from "event"'
NO_TIME: Final = 'Missing required value from ["timestamp","originalTimestamp"]'
NO_KEY: Final = "apiKey is mandatory: set the Custify API key in the destination settings"
BAD_KEY: Final = "apiKey must be printable ASCII: check the Custify API key in the destination settings"
NO_OBJECT: Final = "The message is not a JSON object"
NO_TYPE: Final = "Message Type is not present. Ignoring message."
BAD_TYPE: Final = "Message type must be text: identify, track or group"


class RefusedError(Exception):
    """The rules refuse the message; the text is the reason."""


@dataclass(frozen=True)
class Expected:
    """What the rules ask for: requests as (path, body) in sending order, or the reason of a refusal."""

    requests: tuple[tuple[str, Json], ...] = ()
    refusal: str | None = None

    def body(self, path: str) -> Json:
        """Return the body of the request to a path, an empty one if there is none."""
        return dict(self.requests).get(path, {})


def expected_requests(message: Any, settings: Any) -> Expected:
    """Return what the rules ask for."""
    try:
        check_key(settings.get("apiKey"))
        return Expected(TYPES[type_of(message)](message, settings))
    except RefusedError as refusal:
        return Expected(refusal=str(refusal))


def check_key(key: Any) -> None:
    """Refuse a key that is missing, blank, or cannot be a header."""
    if name(key) is None:
        raise RefusedError(NO_KEY)
    if any(not " " <= char <= "~" for char in key):
        raise RefusedError(BAD_KEY)


def type_of(message: Any) -> str:
    """Return the type of a message; blanks around it and letter case do not matter."""
    if not isinstance(message, dict):
        raise RefusedError(NO_OBJECT)
    kind = message.get("type")
    if kind is None or kind == "":
        raise RefusedError(NO_TYPE)
    if not isinstance(kind, str):
        raise RefusedError(BAD_TYPE)
    if (plain := kind.strip().lower()) not in TYPES:
        raise RefusedError(f"Message type {plain} is not supported: send identify, track or group")
    return plain


def identity(message: Json, settings: Json, ids: tuple[str, ...], emails: tuple[str, ...]) -> Json:
    """Return the user_id and the email of a person; refuse a message that has neither."""
    user_id, email = first(message, ids, identifier), first(message, emails, name)
    if user_id is None and is_on(settings.get("sendAnonymousId")):
        user_id = identifier(message.get("anonymousId"))
    if user_id is None and email is None:
        raise RefusedError(NOBODY)
    return present({"user_id": user_id, "email": email})


def identify(message: Json, settings: Json) -> tuple[tuple[str, Json], ...]:
    """Return the request of an identify."""
    traits, context = as_object(message.get("traits")), as_object(at(message, "context.traits"))
    person = identity(message, settings, tables.USER_ID, ("traits.email", "context.traits.email"))
    person |= fields(message, tables.PERSON)
    add_name(person, message, ("traits", "context.traits"))
    company = next((found for found in map(link, (context, traits)) if found), None)
    person |= {"companies": [company]} if company else {}
    return (("/people", with_attributes(person, {**unmapped(context), **unmapped(traits)})),)


def unmapped(traits: Json) -> Json:
    """Return the traits of a person that have no row and can be stored."""
    return storable(traits, tables.PERSON_NAMES)


def link(traits: Json) -> Json:
    """Return the company that the traits of an identify name, None if they name none."""
    company = as_object(traits.get("company"))
    company_id = identifier(company.get("id"))
    return None if company_id is None else {"company_id": company_id, "remove": is_on(company.get("remove"))}


def track(message: Json, settings: Json) -> tuple[tuple[str, Json], ...]:
    """Return the request of a track."""
    properties = as_object(message.get("properties"))
    event = {"name": name(message.get("event"))}
    if event["name"] is None:
        raise RefusedError(NO_EVENT)
    event |= identity(message, settings, tables.USER_ID, tables.EVENT_EMAIL)
    event["created_at"] = first(message, tables.EVENT_TIME, scalar)
    if event["created_at"] is None:
        raise RefusedError(NO_TIME)
    event["company_id"] = first(message, tables.EVENT_COMPANY, identifier)
    event["deduplication_id"] = deduplication_id(message, settings, properties)
    return (("/event", {**present(event), "metadata": storable(properties, frozenset())}),)


def deduplication_id(message: Json, settings: Json, properties: Json) -> str | None:
    """Return the value of the field in the settings, looked for in the message, then in its properties.

    A number may name the field. A property may have the whole path as its name.
    """
    if not is_on(settings.get("enablededuplication")):
        return None
    field = identifier(settings.get("deduplicationField"))
    values = () if field is None else (named(message, field), named(properties, field))
    return next(filter(None, map(identifier, (*values, message.get("messageId")))), None)


def named(values: Json, path: str) -> Any:
    """Return the value whose name is a whole path, else the value at the path."""
    return values[path] if path in values else at(values, path)


def group(message: Json, settings: Json) -> tuple[tuple[str, Json], ...]:
    """Return the requests of a group: the company, then the person in it."""
    message = lifted(message)
    traits, context = as_object(message.get("traits")), as_object(at(message, "context.traits"))
    company_id = first(message, ("groupId", "traits.groupId"), identifier) or DERIVED
    company = {"company_id": company_id, **fields(message, tables.COMPANY)}
    person = identity(message, settings, tables.MEMBER_ID, ("context.traits.email",))
    person |= fields(message, tables.MEMBER)
    add_name(person, message, ("context.traits",))
    person["companies"] = [{"company_id": company_id, "remove": False}]
    return (
        ("/company", with_attributes(company, storable(traits, tables.COMPANY_NAMES))),
        ("/people", with_attributes(person, unmapped(context))),
    )


def lifted(message: Json) -> Json:
    """Return a group of the page's sample form, with `traits` and `context` in its traits, as a usual one."""
    traits = message.get("traits")
    if not isinstance(traits, dict) or not {"traits", "context"} & {*traits}:
        return message
    inner = as_object(at(traits, "context.traits"))
    person = {**as_object(at(message, "context.traits")), **inner}
    return {
        **message,
        "traits": {**as_object(traits.get("traits")), **traits},
        "context": {"traits": person},
    }


TYPES: Final = {"identify": identify, "track": track, "group": group}


def fields(message: Json, table: Mapping[str, tuple[str, ...]]) -> Json:
    """Return the fields of a table that have a value in the message."""
    return present({field: first(message, paths, scalar) for field, paths in table.items()})


def add_name(person: Json, message: Json, places: tuple[str, ...]) -> None:
    """Give a person without name the first and the last name, or the one that is there."""
    if "name" in person:
        return
    parts = [first(message, paths, name) for paths in name_paths(places)]
    if any(parts):
        person["name"] = " ".join(filter(None, parts))


@cache
def name_paths(places: tuple[str, ...]) -> list[list[str]]:
    """Return the paths of the first name and those of the last name in some places."""
    return [
        [f"{place}.{part}" for place in places for part in spellings]
        for spellings in (tables.FIRST, tables.LAST)
    ]


def storable(values: Json, mapped: frozenset[str]) -> Json:
    """Return the values that can be stored and whose names have no row."""
    return present({key: attribute(value) for key, value in values.items() if key not in mapped})


def with_attributes(record: Json, attributes: Json) -> Json:
    """Return a record with its custom attributes; without any, the field is left out."""
    return {**record, "custom_attributes": attributes} if attributes else record


def present(values: Json) -> Json:
    """Return the entries that have a value."""
    return {key: value for key, value in values.items() if value is not None}
