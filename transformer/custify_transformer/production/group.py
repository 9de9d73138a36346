"""A group becomes two requests: the company, then the person. Source: section 6, group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.errors import InstrumentationError, TransformError
from custify_transformer.javascript import is_truthy
from custify_transformer.mapping import Message, Payload, build, compile_table
from custify_transformer.production.destination_checks import check_company_config
from custify_transformer.production.dotted_keys import find_places
from custify_transformer.production.person import build_person
from custify_transformer.production.tables import COMPANY, MEMBER, RESERVED_OF_COMPANY
from custify_transformer.production.values import find_usable, strip
from custify_transformer.production.warehouse import build_record, is_warehouse_record
from custify_transformer.request import COMPANY as COMPANY_URL
from custify_transformer.request import PEOPLE, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

COMPANY_ROWS: Final = compile_table(COMPANY, find_usable)
MEMBER_ROWS: Final = compile_table(MEMBER, find_usable)
COMPANY_ACCEPT: Final = "application/json, text/plain, */*"


def group(message: Message, destination: Destination) -> tuple[HttpRequest, ...]:
    """Return the company's request, then the person's.

    The company is sent before the person is checked, so a refusal of the person carries its request.
    """
    company, rest = split_company(message)
    check_company_config(destination)
    creation = post(COMPANY_URL, destination, company, COMPANY_ACCEPT)
    try:
        person = build_member(rest, destination)
    except TransformError as refusal:
        refusal.requests = (creation,)
        raise
    return (creation, post(PEOPLE, destination, person))


def split_company(message: Message) -> tuple[Payload, Message]:
    """Return the company, and the message with its traits stripped: the original strips them in place.

    Source: section 6, group, steps 1 to 3.
    """
    company = build(COMPANY_ROWS, find_places(message))
    if not is_truthy(company.get("company_id")):
        raise InstrumentationError("groupId Id is mandatory")
    if "custom_attributes" not in company:
        return company, message
    company["custom_attributes"] = strip(company["custom_attributes"], RESERVED_OF_COMPANY)
    return company, {**message, "traits": company["custom_attributes"]}


def build_member(message: Message, destination: Destination) -> Any:
    """Return the body of the person's request. Source: section 6, group, steps 5 and 6."""
    places = find_places(message)
    person = build_person(MEMBER_ROWS, places, message, destination)
    if is_warehouse_record(places):
        return build_record(message, message.get("traits"), person.get("custom_attributes"))
    return person
