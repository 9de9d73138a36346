"""A track becomes one request, which records the event. Source: section 6, track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.errors import InstrumentationError
from custify_transformer.javascript import FUNCTION, UNDEFINED, entries, get, is_truthy, text
from custify_transformer.mapping import CONTEXT, Message, Payload, build, compile_paths, compile_table
from custify_transformer.production.destination_checks import check_config
from custify_transformer.production.dotted_keys import find_places
from custify_transformer.production.person import check_identity
from custify_transformer.production.tables import EVENT, EVENT_COMPANY
from custify_transformer.production.values import CONTAINERS, find_usable
from custify_transformer.production.warehouse import build_record, is_warehouse_record
from custify_transformer.request import EVENT as EVENT_URL
from custify_transformer.request import HttpRequest, post

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

EVENT_ROWS: Final = compile_table(EVENT, find_usable)
COMPANY_ID_PATHS: Final = compile_paths(EVENT_COMPANY["company_id"])


def track(message: Message, destination: Destination) -> tuple[HttpRequest, ...]:
    """Return the request for the event."""
    places = find_places(message)
    event = build(EVENT_ROWS, places)
    if "name" not in event:
        raise InstrumentationError('Missing required value from "event"')
    if "created_at" not in event:
        raise InstrumentationError('Missing required value from ["timestamp","originalTimestamp"]')
    check_config(destination)
    check_identity(event, message, destination)
    add_properties(event, message, destination)
    if is_warehouse_record(places):
        record = build_record(message, message.get("traits"), places[CONTEXT].get("traits"))
        return (post(EVENT_URL, destination, record),)
    return (post(EVENT_URL, destination, event),)


def add_properties(event: Payload, message: Message, destination: Destination) -> None:
    """Add company_id, deduplication_id and metadata, in this order."""
    properties = message.get("properties")
    company_id = find_company_id(properties)
    if company_id is not None:
        event["company_id"] = company_id
    if is_truthy(destination.enable_deduplication):
        deduplication_id = find_deduplication_id(message, text(destination.deduplication_field))
        if deduplication_id is not None:
            event["deduplication_id"] = deduplication_id
    event["metadata"] = build_metadata(properties, event.get("user_id"))


def find_company_id(properties: Any) -> Any:
    """Return the first truthy company id, else the last one, as JavaScript's `||` does."""
    if properties.__class__ is not dict:
        return None
    value = None
    for _, key in COMPANY_ID_PATHS:
        value = properties.get(key)
        if is_truthy(value):
            return value
    return value


def find_deduplication_id(message: Message, path: str) -> Any:
    """Return the value at `path` in the message, else the messageId. A function is not printed: None."""
    value = get(message, path)
    if value is FUNCTION:
        return None
    return value if value is not UNDEFINED and is_truthy(value) else message.get("messageId")


def build_metadata(properties: Any, user_id: Any) -> Payload:
    """Return the truthy scalars among the properties, and `user_id` unless they contain a user id."""
    metadata = {k: v for k, v in entries(properties) if v and v.__class__ not in CONTAINERS}
    if is_truthy(user_id) and "user_id" not in metadata and "userId" not in metadata:
        metadata["user_id"] = user_id
    return metadata
