"""A track becomes one request: the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custify_transformer.identify import name_somebody, put
from custify_transformer.mapping import CONTEXT, build
from custify_transformer.request import EVENT, HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message
    from custify_transformer.profiles import Profile


def track(message: Message, destination: Destination, profile: Profile) -> tuple[HttpRequest, ...]:
    """Return the request that records the event. Source: documentation page, Track."""
    places = profile.find_places(message)
    event = build(profile.event_rows, places)
    profile.check_event(event)
    profile.check_settings(destination)
    name_somebody(event, message, destination, profile)
    properties = message.get("properties")
    put(event, "company_id", profile.event_company(properties))
    put(event, "deduplication_id", profile.deduplication_id(message, destination))
    event["metadata"] = profile.metadata(properties, event.get("user_id"))
    body = profile.delivered(message, places, event, message.get("traits"), places[CONTEXT].get("traits"))
    return (post(EVENT, destination, body),)
