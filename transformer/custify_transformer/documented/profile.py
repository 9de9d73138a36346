"""The entry point of the profile: check settings and message type, then call the function for the type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.documented.group import group
from custify_transformer.documented.identify import identify
from custify_transformer.documented.track import track
from custify_transformer.errors import ConfigurationError, InstrumentationError
from custify_transformer.javascript import text
from custify_transformer.request import PEOPLE, HttpRequest

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

TYPES: Final = {"identify": identify, "track": track, "group": group}


class DocumentedProfile:
    """The rules of the documentation page."""

    def transform(self, message: Any, destination: Destination) -> tuple[HttpRequest, ...]:
        """Return the requests for `message`, in sending order. Raises TransformError."""
        check_api_key(destination.api_key)
        return TYPES[get_type(message)](message, destination)

    def delete_person(self, user_id: Any, destination: Destination) -> HttpRequest:
        """Return the request that deletes the person with this user_id."""
        headers = {"Authorization": destination.authorization, "Accept": "application/json"}
        return HttpRequest("DELETE", PEOPLE, headers, {"user_id": text(user_id)}, None)


def check_api_key(api_key: Any) -> None:
    """Refuse an API key that cannot authenticate a request. Source: "Connection settings"."""
    if not isinstance(api_key, str) or not api_key.strip():
        raise ConfigurationError("apiKey is mandatory: set the Custify API key in the destination settings")
    if not api_key.isascii() or not api_key.isprintable():
        raise ConfigurationError(
            "apiKey must be printable ASCII: check the Custify API key in the destination settings"
        )


def get_type(message: Any) -> str:
    """Return the type of a message in lower case. Spaces around it are ignored."""
    if not isinstance(message, dict):
        raise InstrumentationError("The message is not a JSON object")
    kind = message.get("type")
    if kind is None or kind == "":
        raise InstrumentationError("Message Type is not present. Ignoring message.")
    if not isinstance(kind, str):
        raise InstrumentationError("Message type must be text: identify, track or group")
    name = kind.strip().lower()
    if name not in TYPES:
        raise InstrumentationError(f"Message type {name} is not supported: send identify, track or group")
    return name
