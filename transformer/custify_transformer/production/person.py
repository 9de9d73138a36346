"""The person of an identify or a group, and who a payload is about. Source: section 5, steps 1 to 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.errors import InstrumentationError
from custify_transformer.javascript import UNDEFINED, is_truthy, text
from custify_transformer.mapping import MESSAGE, build, compile_table
from custify_transformer.production.tables import NAME_PARTS, RESERVED_OF_PERSON
from custify_transformer.production.values import find_usable, strip

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message, Payload, Places, Rows

NAME_ROWS: Final = compile_table(NAME_PARTS, find_usable)


def build_person(rows: Rows, places: Places, message: Message, destination: Destination) -> Payload:
    """Return the payload of the person that `rows` read. The steps are in the original's order."""
    person = build(rows, places)
    check_identity(person, message, destination)
    if "name" not in person:
        name = find_full_name(places)
        if name is not None:
            person["name"] = name
    traits = person.get("custom_attributes")
    company = find_company(traits, places)
    if company:
        person["companies"] = [company]
    if traits is not None:
        person["custom_attributes"] = strip(traits, RESERVED_OF_PERSON)
    return person


def check_identity(payload: Payload, message: Message, destination: Destination) -> None:
    """Use anonymousId if user_id is falsy and the setting is on. Refuse a payload that identifies nobody.

    A missing anonymousId removes a user_id of 0. Source: section 5, steps 1 and 2.
    """
    if not is_truthy(payload.get("user_id")) and is_truthy(destination.send_anonymous_id):
        payload["user_id"] = message.get("anonymousId")
        if payload["user_id"] is None:
            del payload["user_id"]
    if not is_truthy(payload.get("user_id")) and not is_truthy(payload.get("email")):
        raise InstrumentationError("Email or userId is mandatory")


def find_full_name(places: Places) -> Any:
    """Return "first last", or the one part that is present, unconverted. Source: section 5, step 3."""
    parts = build(NAME_ROWS, places)
    first, last = parts.get("first_name"), parts.get("last_name")
    if not is_truthy(first):
        return last
    return f"{text(first)} {text(last)}" if is_truthy(last) else first


def find_company(traits: Any, places: Places) -> Payload | None:
    """Return the company to associate: the one in the traits, else groupId. Source: section 5, step 4."""
    company_id = get_company_member(traits, "id")
    if not is_truthy(company_id):
        company_id = places[MESSAGE].get("groupId")
    if not is_truthy(company_id):
        return None
    remove = get_company_member(traits, "remove")
    return {"company_id": company_id, "remove": False if remove is UNDEFINED else remove}


def get_company_member(traits: Any, name: str) -> Any:
    """Return `company.<name>` of the traits, also when that is one key with a dot, else UNDEFINED."""
    if traits.__class__ is not dict:
        return UNDEFINED
    company = traits.get("company", UNDEFINED)
    if company is UNDEFINED:
        return traits.get(f"company.{name}", UNDEFINED)
    return company.get(name, UNDEFINED) if company.__class__ is dict else UNDEFINED
