"""Takes a built request to the fake in the same process, without a socket."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode, urlsplit

from custify_transformer.javascript import encode
from mock_custify.api import Answer
from mock_custify.api.exchange import ConnectionDroppedError, Exchange
from mock_custify.api.wsgi_environ import environ_of

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
    body = b"".join(app.wsgi_app(environ_of_request(request, exchange), exchange.start_response))
    if exchange.dropped:
        raise ConnectionDroppedError(f"{request.method} {request.endpoint}: the connection was dropped")
    headers = dict(exchange.headers)
    return Answer(body, exchange.status, headers, headers.get("Content-Type", ""))


def environ_of_request(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """Return the WSGI environment of a request that never leaves the process."""
    path, query = path_and_query(request.endpoint)
    query = joined(query, urlencode(request.params)) if request.params else query
    headers = {"User-Agent": USER_AGENT, **request.headers}
    environ = environ_of(request.method, path, query, headers.items(), exchange)
    body = encode(request.body) if request.body else b""
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
    return environ


def joined(*queries: str) -> str:
    """Return the queries that are not empty as one."""
    return "&".join(filter(None, queries))


@lru_cache(maxsize=256)
def path_and_query(endpoint: str) -> tuple[str, str]:
    """Return the path of an endpoint as WSGI wants it, and its query."""
    url = urlsplit(endpoint)
    return quote(url.path, safe="/%:@&=+$,").encode().decode("latin-1"), url.query
