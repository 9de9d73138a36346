"""Sends the calls of `aiohttp` to the fake.

The client works as usual. It is given a connection whose other end is the fake.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, Any

import aiohttp

from mock_custify.testing.interception.patching import replace_method
from mock_custify.testing.interception.wire import WireRequest, response_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp, InterceptedResponse
    from mock_custify.testing.interception.patching import Patch


__tracebackhide__ = True


@contextmanager
def intercept(app: InterceptedApp) -> Iterator[None]:
    """Send the calls to `app` until the end of the block."""
    with replace_method(aiohttp.TCPConnector, "_create_connection", connect_of, app):
        yield


def connect_of(patch: Patch) -> Any:
    """Return the replacement for `TCPConnector._create_connection`, which every call goes through."""

    async def create_connection(connector: Any, request: Any, traces: Any, timeout: Any) -> Any:  # noqa: ASYNC109
        url = str(request.url)
        app = patch.find(url)
        if app is None:
            return await patch.previous(connector, request, traces, timeout)
        if not app.owns(url):
            raise aiohttp.ClientConnectionError(app.refusal(request.method, url))
        protocol = connector._factory()  # noqa: SLF001 - the original makes it in the same way
        protocol.connection_made(AppTransport(WireRequest(app, url), protocol, timeout))
        return protocol

    return create_connection


class AppTransport(asyncio.Transport):
    """A connection to the fake: it reads the request that the client writes and delivers the response."""

    def __init__(self, request: WireRequest, protocol: Any, timeout: aiohttp.ClientTimeout) -> None:
        super().__init__()
        self.request = request
        self.protocol = protocol
        self.timeout = timeout
        self.closed = self.answered = self.continued = False
        self.loop = asyncio.get_running_loop()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Read a part of a request, and answer once it is whole."""
        self.request.feed(bytes(data))
        if self.request.response is not None and not self.answered:
            self.answered = True
            self.answer(self.request.response)
        elif self.request.expects_continue and not self.continued:
            self.continued = True
            self.loop.call_soon(self.protocol.data_received, b"HTTP/1.1 100 Continue\r\n\r\n")

    def answer(self, response: InterceptedResponse) -> None:
        """Deliver the response after its delay, or end with the client's timeout at once."""
        error = timeout_error(response.delay, self.timeout)
        if error is not None:
            self.loop.call_soon(self.protocol.set_exception, error)
        elif response.delay:
            # A timer of the loop would stand still where a test has frozen the time.
            timer = Timer(response.delay, self.deliver_soon, (response,))
            timer.daemon = True
            timer.start()
        else:
            self.loop.call_soon(self.deliver, response)

    def deliver_soon(self, response: InterceptedResponse) -> None:
        """Deliver the response from another thread, unless the loop has ended meanwhile."""
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self.deliver, response)

    def deliver(self, response: InterceptedResponse) -> None:
        """Pass the response to the client and close, so that no client keeps the connection for later."""
        if self.closed:
            return
        if content := response_bytes(response, "Connection: close"):
            self.protocol.data_received(content)
        self.close()

    def is_closing(self) -> bool:
        """Tell whether the connection is closed."""
        return self.closed

    def close(self) -> None:
        """Close the connection."""
        if not self.closed:
            self.closed = True
            self.loop.call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        """Close the connection at once."""
        self.close()

    def pause_reading(self) -> None:
        """Do nothing: the whole response has arrived already."""

    def resume_reading(self) -> None:
        """Do nothing: the whole response has arrived already."""


def timeout_error(delay: float, timeout: aiohttp.ClientTimeout) -> Exception | None:
    """Return what aiohttp raises when a response takes longer than it waits, None when it does not."""
    if timeout.sock_read and delay > timeout.sock_read:
        return aiohttp.SocketTimeoutError("Timeout on reading data from socket")
    return TimeoutError() if timeout.total and delay > timeout.total else None
