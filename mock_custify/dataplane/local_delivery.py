"""Takes a built request to the fake in the same process, without a socket."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from custify_transformer.javascript import encode
from mock_custify.api import Answer
from mock_custify.api.exchange import ConnectionDroppedError, Exchange

if TYPE_CHECKING:
    from custify_transformer import HttpRequest
    from mock_custify.app import MockCustifyApp

USER_AGENT: Final = "RudderLabs"


def deliver(app: MockCustifyApp, request: HttpRequest) -> Answer:
    """Return the answer of `app` to `request`; raise ConnectionDroppedError when a fault drops it.

    The endpoint's host is ignored. A delay that a fault asks for is not waited for. The body is printed as
    JavaScript does it, as on the way to a Custify over HTTP; NotJsonError for one nested too deeply.
    """
    exchange = Exchange()
    body = b"".join(app.wsgi_app(environ_of(request, exchange), exchange.start_response))
    if exchange.dropped:
        raise ConnectionDroppedError(f"{request.method} {request.endpoint}: the connection was dropped")
    headers = dict(exchange.headers)
    return Answer(body, exchange.status, headers, headers.get("Content-Type", ""))


def environ_of(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """Return the WSGI environment of a request that never leaves the process."""
    path, query = path_and_query(request.endpoint)
    body = encode(request.body) if request.body else b""
    headers = {environ_name(name): value for name, value in request.headers.items()}
    return {
        "HTTP_USER_AGENT": USER_AGENT,
        **headers,
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": joined(query, urlencode(request.params)) if request.params else query,
        "CONTENT_TYPE": headers.get("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(body)),
        "REMOTE_ADDR": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "mock_custify.exchange": exchange,
    }


def joined(*queries: str) -> str:
    """Return the queries that are not empty as one."""
    return "&".join(filter(None, queries))


@lru_cache(maxsize=256)
def path_and_query(endpoint: str) -> tuple[str, str]:
    """Return the path of an endpoint as WSGI wants it, and its query."""
    url = urlsplit(endpoint)
    return quote(url.path, safe="/%:@&=+$,").encode().decode("latin-1"), url.query


@lru_cache(maxsize=256)
def environ_name(header: str) -> str:
    """Return the name of a header in a WSGI environment."""
    return f"HTTP_{header.upper().replace('-', '_')}"
