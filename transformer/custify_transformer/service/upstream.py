"""Requests to Custify that the service sends itself, and how it reports their failures.

Source: recorded behaviour, section 6, group, step 7, and section 9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from custify_transformer.errors import TransformError
from custify_transformer.javascript import encode
from custify_transformer.profiles import transform

if TYPE_CHECKING:
    from custify_transformer.destination import Destination
    from custify_transformer.request import HttpRequest
    from custify_transformer.service.exchange import Deliver, UpstreamResponse

THROTTLED: Final = 429
SERVER_ERROR: Final = 500
UNREACHABLE: Final = {
    "ECONNREFUSED": (500, "[ECONNREFUSED] :: Connection refused"),
    "ECONNRESET": (500, "[ECONNRESET] :: Connection reset by peer"),
    "ETIMEDOUT": (500, "[ETIMEDOUT] :: Operation timed out"),
    "ECONNABORTED": (500, "[ECONNABORTED] :: Connection aborted"),
    "EAI_AGAIN": (500, "[EAI_AGAIN] :: Temporary failure in name resolution"),
    "ENOTFOUND": (400, "[ENOTFOUND] :: DNS lookup failed"),
}


class CompanyRequestError(TransformError):
    """The request for the company of a group failed while the group was transformed."""

    kind: ClassVar[str] = "network"

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.status = status


def transform_event(message: Any, destination: Destination, deliver: Deliver, profile: str) -> HttpRequest:
    """Return the request that is left to deliver, after sending the company of a group.

    Raises TransformError if the message is refused, CompanyRequestError if the company request fails.
    """
    try:
        requests = transform(message, destination, profile)
    except TransformError as refusal:
        create_companies(refusal.requests, deliver)
        raise
    create_companies(requests[:-1], deliver)
    return requests[-1]


def create_companies(requests: tuple[HttpRequest, ...], deliver: Deliver) -> None:
    """Send the company requests of a group. The original sends them while it transforms."""
    for request in requests:
        response = deliver(request)
        if not response.ok:
            status, data = describe_failure(response)
            raise CompanyRequestError(f"[Group]: failed create/update company details {data}", status)


def describe_failure(response: UpstreamResponse) -> tuple[int, str]:
    """Return status and error text of a failed request; the text is the response data as JSON."""
    return (
        describe_unreachable(response.code) if response.code else (response.status, quote_data(response.body))
    )


def describe_unreachable(code: str) -> tuple[int, str]:
    """Return status and quoted error text of a request without a response."""
    status, explanation = UNREACHABLE.get(code, (400, f"[{code}]"))
    return status, f'"{explanation}"'


def quote_data(data: Any) -> str:
    """Return response data as JSON. No data is a pair of quotes."""
    return '""' if data is None else encode(data).decode()


def classify_status(status: int) -> str:
    """Return the errorType of a failed request: what RudderStack does next."""
    if status == THROTTLED:
        return "throttled"
    return "retryable" if status >= SERVER_ERROR else "aborted"
