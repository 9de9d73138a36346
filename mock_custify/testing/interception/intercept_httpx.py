"""Sends the calls of `httpx`, with and without async, to the fake."""

from __future__ import annotations

from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any

import anyio
import httpx

from mock_custify.testing.interception.patching import replace_method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp, InterceptedResponse


@contextmanager
def intercept(app: InterceptedApp) -> Iterator[None]:
    """Send the calls to `app` until the end of the block."""
    with (
        replace_method(httpx.HTTPTransport, "handle_request", sync_handler(app)),
        replace_method(httpx.AsyncHTTPTransport, "handle_async_request", async_handler(app)),
    ):
        yield


def sync_handler(app: InterceptedApp) -> Any:
    """Return the replacement for `HTTPTransport.handle_request`."""
    send = httpx.HTTPTransport.handle_request

    def handle_request(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        if app.allow_other_hosts and not app.owns(str(request.url)):
            return send(transport, request)
        response = call_app(app, request, request.read())
        sleep(response.delay)
        return to_httpx(response, request)

    return handle_request


def async_handler(app: InterceptedApp) -> Any:
    """Return the replacement for `AsyncHTTPTransport.handle_async_request`."""
    send = httpx.AsyncHTTPTransport.handle_async_request

    async def handle_async_request(
        transport: httpx.AsyncHTTPTransport, request: httpx.Request
    ) -> httpx.Response:
        if app.allow_other_hosts and not app.owns(str(request.url)):
            return await send(transport, request)
        response = call_app(app, request, await request.aread())
        await anyio.sleep(response.delay)
        return to_httpx(response, request)

    return handle_async_request


def call_app(app: InterceptedApp, request: httpx.Request, body: bytes) -> InterceptedResponse:
    """Return the response to one call; raise what httpx raises when it is refused or takes too long."""
    url = str(request.url)
    if not app.owns(url):
        raise httpx.ConnectError(app.refusal(request.method, url), request=request)
    response = app.call(request.method, url, request.headers.multi_items(), body)
    timeout = request.extensions.get("timeout", {}).get("read")
    if timeout is not None and response.delay > timeout:
        raise httpx.ReadTimeout(f"no answer within {timeout:g} seconds", request=request)
    return response


def to_httpx(response: InterceptedResponse, request: httpx.Request) -> httpx.Response:
    """Return the response as httpx has it; raise what httpx raises for a dropped connection."""
    if response.dropped:
        raise httpx.RemoteProtocolError("the connection was dropped", request=request)
    return httpx.Response(response.status, headers=response.headers, content=response.body, request=request)
