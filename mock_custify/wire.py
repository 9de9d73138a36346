"""Takes a built request to the fake in the same process, without a socket."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

import msgspec

from mock_custify.web.exchange import Exchange

if TYPE_CHECKING:
    from mock_custify.app import MockCustifyApp
    from mock_custify.web import Answer
    from transformer import HttpRequest

USER_AGENT: Final = "RudderLabs"
encode = msgspec.json.encode


class ConnectionDroppedError(ConnectionError):
    """The fake closed the connection instead of answering, as a fault rule told it to."""


def deliver(app: MockCustifyApp, request: HttpRequest) -> Answer:
    """Return the answer of `app` to `request`; raise ConnectionDroppedError when a fault drops it.

    The endpoint's host is ignored. A delay that a fault asks for is not waited for.
    """
    exchange = Exchange()
    answer = app.answer(environ_of(request, exchange))
    if exchange.dropped:
        raise ConnectionDroppedError(f"{request.method} {request.endpoint}: the connection was dropped")
    if answer is None:
        raise LookupError(f"{request.method} {request.endpoint} is not a call of the Custify API")
    return answer


def environ_of(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """Return the WSGI environment of a request that never leaves the process."""
    url = urlsplit(request.endpoint)
    body = encode(request.body) if request.body else b""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}
    return {
        "HTTP_USER_AGENT": USER_AGENT,
        **headers,
        "REQUEST_METHOD": request.method,
        "PATH_INFO": quote(url.path, safe="/%:@&=+$,").encode().decode("latin-1"),
        "QUERY_STRING": url.query or urlencode(request.params),
        "CONTENT_TYPE": headers.get("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "",
        "wsgi.input": BytesIO(body),
        "mock_custify.exchange": exchange,
    }
