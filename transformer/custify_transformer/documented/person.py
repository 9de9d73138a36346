"""Who a payload is about: identifiers and name of the person, for every message type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_transformer.documented.values import as_id, find_id, find_text, is_on
from custify_transformer.errors import InstrumentationError
from custify_transformer.mapping import build

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.mapping import Message, Payload, Places, Rows

# Fields that identify a record: ids are sent as text, an email must be text.
NAMING_READERS: Final = {"user_id": find_id, "company_id": find_id, "email": find_text}


def check_identity(payload: Payload, message: Message, destination: Destination) -> None:
    """Use anonymousId if there is no user id and the setting is on. Refuse a payload that identifies nobody.

    Source: "Identify".
    """
    if "user_id" not in payload and is_on(destination.send_anonymous_id):
        anonymous_id = as_id(message.get("anonymousId"))
        if anonymous_id is not None:
            payload["user_id"] = anonymous_id
    if "user_id" not in payload and "email" not in payload:
        raise InstrumentationError("Email or userId is mandatory")


def add_full_name(person: Payload, name_rows: Rows, places: Places) -> None:
    """Set a missing name to "first last", or to the one part that is present."""
    if "name" not in person:
        parts = build(name_rows, places)
        if parts:
            person["name"] = " ".join(parts.values())
