"""The requests to Custify's API that a message becomes. They are values; nothing is sent here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from custify_transformer.destination import Destination

PEOPLE: Final = "https://api.custify.com/people"
COMPANY: Final = "https://api.custify.com/company"
EVENT: Final = "https://api.custify.com/event"


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request to Custify. `body` is a JSON object, except for some warehouse records in `production`."""

    method: str
    endpoint: str
    headers: dict[str, str]
    params: dict[str, Any]
    body: Any

    def to_json(self) -> dict[str, Any]:
        """Return the request as a JSON object."""
        return {
            "method": self.method,
            "endpoint": self.endpoint,
            "headers": self.headers,
            "params": self.params,
            "body": self.body,
        }


def post(endpoint: str, destination: Destination, body: Any, accept: str = "application/json") -> HttpRequest:
    """Return a POST request with the API key of `destination`.

    Source: recorded behaviour, section 4, "Envelope".
    """
    headers = {
        "Content-Type": "application/json",
        "Authorization": destination.authorization,
        "Accept": accept,
    }
    return HttpRequest("POST", endpoint, headers, {}, body)
