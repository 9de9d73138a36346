"""An identify becomes one request, which creates or updates the person. Source: section 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_transformer.mapping import Message, compile_table
from custify_transformer.production.destination_checks import check_config
from custify_transformer.production.dotted_keys import find_places
from custify_transformer.production.person import build_person
from custify_transformer.production.tables import PERSON
from custify_transformer.production.values import find_usable
from custify_transformer.production.warehouse import build_record, is_warehouse_record
from custify_transformer.request import PEOPLE, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

PERSON_ROWS: Final = compile_table(PERSON, find_usable)


def identify(message: Message, destination: Destination) -> tuple[HttpRequest, ...]:
    """Return the request for the person."""
    check_config(destination)
    places = find_places(message)
    person = build_person(PERSON_ROWS, places, message, destination)
    if is_warehouse_record(places):
        return (post(PEOPLE, destination, build_record(message, person.get("custom_attributes"))),)
    return (post(PEOPLE, destination, person),)
