"""An identify becomes one request, which creates or updates the person.

Source: documentation page, Identify.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.documented.person import NAMING_READERS, add_full_name, check_identity
from custify_transformer.documented.tables import NAME_PARTS, PERSON
from custify_transformer.documented.values import as_id, find_scalar, find_text, find_unmapped, is_on
from custify_transformer.mapping import (
    CONTEXT_TRAITS,
    TRAITS,
    build,
    compile_table,
    find_mapped_names,
    get_places,
)
from custify_transformer.request import PEOPLE, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message, Payload, Places

PERSON_ROWS: Final = compile_table(PERSON, find_scalar, NAMING_READERS)
NAME_ROWS: Final = compile_table(NAME_PARTS, find_text)
MAPPED_TRAITS: Final = find_mapped_names(PERSON, "traits")


def identify(message: Message, destination: Destination) -> tuple[HttpRequest, ...]:
    """Return the request for the person. Custom attributes: both traits merged, those of `traits` win."""
    places = get_places(message)
    person = build(PERSON_ROWS, places)
    check_identity(person, message, destination)
    add_full_name(person, NAME_ROWS, places)
    company = find_company(places)
    if company:
        person["companies"] = [company]
    custom_attributes = find_unmapped(places[CONTEXT_TRAITS], MAPPED_TRAITS)
    if places[TRAITS]:
        custom_attributes.update(find_unmapped(places[TRAITS], MAPPED_TRAITS))
    if custom_attributes:
        person["custom_attributes"] = custom_attributes
    return (post(PEOPLE, destination, person),)


def find_company(places: Places) -> Payload | None:
    """Return the company in the traits, to associate or with `remove: true` to dissociate.

    Source: "Removing users from an organization".
    """
    company: Any
    for place in (CONTEXT_TRAITS, TRAITS):
        company = places[place].get("company")
        if company.__class__ is not dict:
            continue
        company_id = as_id(company.get("id"))
        if company_id is not None:
            return {"company_id": company_id, "remove": is_on(company.get("remove"))}
    return None
