"""A track becomes one request, which records the event. Source: documentation page, Track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_transformer.documented.person import NAMING_READERS, check_identity
from custify_transformer.documented.tables import EVENT, EVENT_COMPANY
from custify_transformer.documented.values import as_id, find_id, find_scalar, find_text, find_unmapped, is_on
from custify_transformer.errors import InstrumentationError
from custify_transformer.javascript import get
from custify_transformer.mapping import PROPERTIES, Message, Places, build, compile_table, get_places
from custify_transformer.request import EVENT as EVENT_URL
from custify_transformer.request import HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

EVENT_ROWS: Final = compile_table(EVENT, find_scalar, {**NAMING_READERS, "name": find_text})
EVENT_COMPANY_ROWS: Final = compile_table(EVENT_COMPANY, find_id)
NOTHING_MAPPED: Final[frozenset[str]] = frozenset()


def track(message: Message, destination: Destination) -> tuple[HttpRequest, ...]:
    """Return the request for the event. Custify refuses an event without a time, so it is refused here."""
    places = get_places(message)
    event = build(EVENT_ROWS, places)
    if "name" not in event:
        raise InstrumentationError('Missing required value from "event"')
    check_identity(event, message, destination)
    if "created_at" not in event:
        raise InstrumentationError('Missing required value from ["timestamp","originalTimestamp"]')
    event.update(build(EVENT_COMPANY_ROWS, places))
    if is_on(destination.enable_deduplication):
        deduplication_id = find_deduplication_id(message, places, as_id(destination.deduplication_field))
        if deduplication_id is not None:
            event["deduplication_id"] = deduplication_id
    event["metadata"] = find_unmapped(places[PROPERTIES], NOTHING_MAPPED)
    return (post(EVENT_URL, destination, event),)


def find_deduplication_id(message: Message, places: Places, path: str | None) -> str | None:
    """Return the value at `path` in the message or its properties, else the messageId, as text."""
    named = () if path is None else (get(message, path), get(places[PROPERTIES], path))
    candidates = (*named, message.get("messageId"))
    return next((found for value in candidates if (found := as_id(value)) is not None), None)
