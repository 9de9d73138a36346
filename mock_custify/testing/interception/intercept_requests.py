"""Sends the calls of `requests` to the fake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any, Final

import responses
from requests import ConnectionError as RequestsConnectionError
from requests import PreparedRequest, ReadTimeout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
MockedResponse = tuple[int, Mapping[str, str], bytes]  # status, headers and body, as `responses` takes them


@contextmanager
def intercept(app: InterceptedApp) -> Iterator[None]:
    """Send the calls to `app` until the end of the block."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        intercepted = "|".join(re.escape(url.rstrip("/")) + r"(?:[/?#]|$)" for url in app.base_urls)
        if app.allow_other_hosts:
            mock.add_passthru(re.compile(""))
        for method in METHODS:
            mock.add_callback(
                method,
                re.compile(f"(?:{intercepted})" if app.allow_other_hosts else "", re.IGNORECASE),
                lambda request: respond(app, request),
                content_type=None,
            )
        yield


def respond(app: InterceptedApp, request: PreparedRequest) -> MockedResponse:
    """Return the response to one call; raise what `requests` raises when there is none."""
    method, url = str(request.method), str(request.url)
    if not app.owns(url):
        raise RequestsConnectionError(app.refusal(method, url), request=request)
    response = app.call(method, url, request.headers.items(), read_body(request))
    timeout = read_timeout(getattr(request, "req_kwargs", {}).get("timeout"))
    if timeout is not None and response.delay > timeout:
        raise ReadTimeout(f"{method} {url}: no answer within {timeout:g} seconds", request=request)
    sleep(response.delay)
    if response.dropped:
        raise RequestsConnectionError(f"{method} {url}: the connection was dropped", request=request)
    return response.status, dict(response.headers), response.body


def read_body(request: PreparedRequest) -> bytes:
    """Return the whole body of a call."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body)


def read_timeout(timeout: Any) -> float | None:
    """Return how many seconds a client waits for a response, None when it waits without limit."""
    seconds = timeout[1] if isinstance(timeout, tuple) else getattr(timeout, "read_timeout", timeout)
    return float(seconds) if isinstance(seconds, int | float) else None
