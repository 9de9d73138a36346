"""Sends the calls of `httpx`, with and without async, to the fake."""

from __future__ import annotations

from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any, Final

import anyio
import anyio.to_thread
import httpx

from mock_custify.testing.interception.patching import replace_method

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp, InterceptedResponse
    from mock_custify.testing.interception.patching import Patch

__tracebackhide__ = True

STEP: Final = 0.05  # seconds; a call that is given up leaves a thread that sleeps no longer than this


@contextmanager
def intercept(app: InterceptedApp) -> Iterator[None]:
    """Send the calls to `app` until the end of the block."""
    with (
        replace_method(httpx.HTTPTransport, "handle_request", sync_handler, app),
        replace_method(httpx.AsyncHTTPTransport, "handle_async_request", async_handler, app),
    ):
        yield


def sync_handler(patch: Patch) -> Any:
    """Return the replacement for `HTTPTransport.handle_request`."""

    def handle_request(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        app = patch.find(str(request.url))
        if app is None:
            passed_on: httpx.Response = patch.previous(transport, request)
            return passed_on
        response = call_app(app, request, request.read())
        sleep(response.delay)
        return to_httpx(response, request)

    return handle_request


def async_handler(patch: Patch) -> Any:
    """Return the replacement for `AsyncHTTPTransport.handle_async_request`."""

    async def handle_async_request(
        transport: httpx.AsyncHTTPTransport, request: httpx.Request
    ) -> httpx.Response:
        app = patch.find(str(request.url))
        if app is None:
            passed_on: httpx.Response = await patch.previous(transport, request)
            return passed_on
        response = call_app(app, request, await request.aread())
        await wait(response.delay)
        return to_httpx(response, request)

    return handle_async_request


async def wait(seconds: float) -> None:
    """Wait in real time, also where a test has frozen the time of the event loop."""
    while seconds > 0:
        await anyio.to_thread.run_sync(
            sleep, min(seconds, STEP), abandon_on_cancel=True, limiter=anyio.CapacityLimiter(1)
        )
        seconds -= STEP


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
    return httpx.Response(
        response.status,
        headers=response.headers,
        stream=BodyStream(response.body),
        extensions={"http_version": b"HTTP/1.1", "reason_phrase": response.reason.encode()},
        request=request,
    )


class BodyStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that the client still has to read, as from a socket."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        """Return the body in one piece."""
        yield self.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the body in one piece."""
        yield self.body
