"""An identify becomes one request: the person. A group reads its person by the same steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.errors import InstrumentationError
from custify_transformer.javascript import is_truthy
from custify_transformer.mapping import build
from custify_transformer.request import PEOPLE, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message, Payload, Places
    from custify_transformer.profiles import PersonRules, Profile


def identify(message: Message, destination: Destination, profile: Profile) -> tuple[HttpRequest, ...]:
    """Return the request that creates or updates the person. Source: documentation page, Identify."""
    profile.check_settings(destination)
    places = profile.find_places(message)
    person = build(profile.person.rows, places)
    name_somebody(person, message, destination, profile)
    complete(person, places, profile.person)
    body = profile.delivered(message, places, person, person.get("custom_attributes"))
    return (post(PEOPLE, destination, body),)


def name_somebody(payload: Payload, message: Message, destination: Destination, profile: Profile) -> None:
    """Let anonymousId stand in for a missing user id where it may; refuse a payload that names nobody."""
    profile.fall_back_to_anonymous_id(payload, message, destination)
    if not is_truthy(payload.get("user_id")) and not is_truthy(payload.get("email")):
        raise InstrumentationError("Email or userId is mandatory")


def complete(person: Payload, places: Places, rules: PersonRules, company_id: Any = None) -> None:
    """Add what no row holds: a name from its parts, the companies, and the custom attributes."""
    if "name" not in person:
        put(person, "name", rules.full_name(places))
    put(person, "companies", rules.companies(person, places, company_id))
    put(person, "custom_attributes", rules.attributes(person, places))


def put(payload: Payload, name: str, value: Any) -> None:
    """Write one field unless there is nothing to write."""
    if value is not None:
        payload[name] = value
