"""A group becomes two requests: the company, then the person with the link to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.errors import TransformError
from custify_transformer.identify import complete, name_somebody
from custify_transformer.mapping import build
from custify_transformer.request import COMPANY, PEOPLE, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message
    from custify_transformer.profiles import Profile


def group(message: Message, destination: Destination, profile: Profile) -> tuple[HttpRequest, ...]:
    """Return the company's request, then the person's. Source: documentation page, Group.

    A refusal of the person tells which requests went out before it.
    """
    company, rest = profile.company_of(message)
    profile.check_company_settings(destination)
    creation = post(COMPANY, destination, company, profile.company_accept)
    try:
        person = member_of(rest, destination, profile, company["company_id"])
    except TransformError as refusal:
        refusal.requests = profile.sent_before_refusal(creation)
        raise
    return (creation, post(PEOPLE, destination, person))


def member_of(message: Message, destination: Destination, profile: Profile, company_id: Any) -> Any:
    """Return the body of the person's request, linked to `company_id` as the profile has it."""
    places = profile.find_places(message)
    person = build(profile.member.rows, places)
    name_somebody(person, message, destination, profile)
    complete(person, places, profile.member, company_id)
    return profile.delivered(message, places, person, message.get("traits"), person.get("custom_attributes"))
