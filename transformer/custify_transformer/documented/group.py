"""A group becomes two requests: the company, then the person associated with it.

Source: documentation page, Group. The whole message is checked before the first request is returned.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from custify_transformer.documented.person import NAMING_READERS, add_full_name, check_identity
from custify_transformer.documented.tables import COMPANY, MEMBER, MEMBER_NAME_PARTS
from custify_transformer.documented.values import as_id, find_scalar, find_text, find_unmapped
from custify_transformer.errors import InstrumentationError
from custify_transformer.mapping import (
    CONTEXT_TRAITS,
    TRAITS,
    build,
    compile_table,
    find_mapped_names,
    get_places,
)
from custify_transformer.request import COMPANY as COMPANY_URL
from custify_transformer.request import PEOPLE, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message, Payload, Places

COMPANY_ROWS: Final = compile_table(COMPANY, find_scalar, NAMING_READERS)
MEMBER_ROWS: Final = compile_table(MEMBER, find_scalar, NAMING_READERS)
MEMBER_NAME_ROWS: Final = compile_table(MEMBER_NAME_PARTS, find_text)
MAPPED_COMPANY_TRAITS: Final = find_mapped_names(COMPANY, "traits")
MAPPED_MEMBER_TRAITS: Final = find_mapped_names(MEMBER, "context.traits")


def group(message: Message, destination: Destination) -> tuple[HttpRequest, ...]:
    """Return the company's request, then the person's."""
    places = get_places(lift_nested_traits(message))
    company = build(COMPANY_ROWS, places)
    if "company_id" not in company:
        company["company_id"] = derive_company_id(message)
    custom_attributes = find_unmapped(places[TRAITS], MAPPED_COMPANY_TRAITS)
    if custom_attributes:
        company["custom_attributes"] = custom_attributes
    person = build_member(message, places, destination, company["company_id"])
    return (post(COMPANY_URL, destination, company), post(PEOPLE, destination, person))


def build_member(message: Message, places: Places, destination: Destination, company_id: str) -> Payload:
    """Return the person, associated with the company of the group and with no other."""
    person = build(MEMBER_ROWS, places)
    check_identity(person, message, destination)
    add_full_name(person, MEMBER_NAME_ROWS, places)
    person["companies"] = [{"company_id": company_id, "remove": False}]
    custom_attributes = find_unmapped(places[CONTEXT_TRAITS], MAPPED_MEMBER_TRAITS)
    if custom_attributes:
        person["custom_attributes"] = custom_attributes
    return person


def lift_nested_traits(message: Message) -> Message:
    """Return a message whose traits contain `traits` or `context` with both moved up one level.

    The page's sample passes `{traits: {...}, context: {traits: {...}}}` as the traits of the call, so they
    arrive one level too deep. Only the traits of the context are kept. Source: "Group", the sample.
    """
    traits = message.get("traits")
    if traits.__class__ is not dict or not ("traits" in traits or "context" in traits):
        return message
    inner = get_places({"traits": traits.get("traits"), "context": traits.get("context")})
    outer = get_places(message)[CONTEXT_TRAITS]
    return {
        **message,
        "traits": {**inner[TRAITS], **traits},
        "context": {"traits": {**outer, **inner[CONTEXT_TRAITS]}},
    }


def derive_company_id(message: Message) -> str:
    """Return an id for a company without groupId: the same for every retry of the message.

    It is a hash of the messageId, else of sender and traits. Times are left out: they change on a retry.
    """
    message_id = as_id(message.get("messageId"))
    places = get_places(message)
    content = (
        [message_id]
        if message_id is not None
        else [message.get("userId"), message.get("anonymousId"), places[TRAITS], places[CONTEXT_TRAITS]]
    )
    try:
        printed = json.dumps(content, sort_keys=True)
    except RecursionError:
        raise InstrumentationError("The traits are nested too deeply") from None
    return f"group-{sha256(printed.encode()).hexdigest()[:32]}"
