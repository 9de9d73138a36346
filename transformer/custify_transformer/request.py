"""The requests that a message becomes, as values: they describe calls and make none."""

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
    """One call to Custify; `body` is JSON, an object save for odd warehouse records in `production`."""

    method: str
    endpoint: str
    headers: dict[str, str]
    params: dict[str, Any]
    body: Any

    def to_json(self) -> dict[str, Any]:
        """Return the request as the JSON object that the command line prints."""
        return {
            "method": self.method,
            "endpoint": self.endpoint,
            "headers": self.headers,
            "params": self.params,
            "body": self.body,
        }


def post(endpoint: str, destination: Destination, body: Any, accept: str = "application/json") -> HttpRequest:
    """Return the POST of `body` to `endpoint` with the API key of `destination`.

    Source: recorded behaviour, section 4, "Envelope".
    """
    headers = {
        "Content-Type": "application/json",
        "Authorization": destination.authorization,
        "Accept": accept,
    }
    return HttpRequest("POST", endpoint, headers, {}, body)
