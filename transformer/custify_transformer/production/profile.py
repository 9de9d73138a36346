"""The entry point of the profile: check message type and destination, then call the function for the type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from custify_transformer.errors import InstrumentationError, JavaScriptTypeError
from custify_transformer.javascript import UNDEFINED, is_truthy, text
from custify_transformer.production.destination_checks import check_destination
from custify_transformer.production.group import group
from custify_transformer.production.identify import identify
from custify_transformer.production.track import track
from custify_transformer.request import PEOPLE, HttpRequest

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

TYPES: Final = {"identify": identify, "track": track, "group": group}
UNQUOTED: Final = "!$%&'()*+,/:;=?@[]~"  # what an HTTP client does not change in a URL that was not encoded


class ProductionProfile:
    """The rules of RudderStack's own transformer."""

    def transform(self, message: Any, destination: Destination) -> tuple[HttpRequest, ...]:
        """Return the requests for `message`, in sending order. Raises TransformError."""
        kind = get_type(message)
        check_destination(destination)
        return TYPES[kind](message, destination)

    def delete_person(self, user_id: Any, destination: Destination) -> HttpRequest:
        """Return the request that deletes the person. The id is not encoded: an "&" in it cuts it short.

        Source: section 9.
        """
        sent = quote(text(user_id).partition("#")[0], safe=UNQUOTED, errors="replace")
        headers = {"Authorization": destination.authorization, "Accept": "application/json"}
        return HttpRequest("DELETE", f"{PEOPLE}?user_id={sent}", headers, {}, None)


def get_type(message: Any) -> str:
    """Return the type of a message in lower case. Source: section 4, checks 1 to 3."""
    if message is None or message is UNDEFINED:
        raise JavaScriptTypeError(f"Cannot read properties of {text(message)} (reading 'type')")
    kind = message.get("type") if isinstance(message, dict) else None
    if not is_truthy(kind):
        raise InstrumentationError("Message Type is not present. Ignoring message.")
    if not isinstance(kind, str):
        raise JavaScriptTypeError("message.type.toLowerCase is not a function")
    name = kind.lower()
    if name not in TYPES:
        raise InstrumentationError("Message type not supported")
    return name
