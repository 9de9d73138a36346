"""Sends the calls of `aiohttp` to the fake.

The client works as usual. It is given a connection whose other end is the fake.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import aiohttp
import httptools

from mock_custify.testing.interception.patching import replace_method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp, InterceptedResponse


@contextmanager
def intercept(app: InterceptedApp) -> Iterator[None]:
    """Send the calls to `app` until the end of the block."""
    connect = aiohttp.TCPConnector._create_connection  # noqa: SLF001 - every call goes through it

    async def create_connection(connector: Any, request: Any, traces: Any, timeouts: Any) -> Any:
        url = str(request.url)
        if app.owns(url):
            protocol = connector._factory()  # noqa: SLF001 - the original makes it in the same way
            protocol.connection_made(AppTransport(app, protocol, url))
            return protocol
        if app.allow_other_hosts:
            return await connect(connector, request, traces, timeouts)
        raise aiohttp.ClientConnectionError(app.refusal(request.method, url))

    with replace_method(aiohttp.TCPConnector, "_create_connection", create_connection):
        yield


class AppTransport(asyncio.Transport):
    """A connection to the fake: it reads the request that the client writes and delivers the response."""

    def __init__(self, app: InterceptedApp, protocol: Any, url: str) -> None:
        super().__init__()
        self.app = app
        self.protocol = protocol
        self.url = url
        self.headers: list[tuple[str, str]] = []
        self.body = b""
        self.closed = False
        self.parser = httptools.HttpRequestParser(self)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Parse a part of a request."""
        self.parser.feed_data(bytes(data))

    def on_url(self, url: bytes) -> None:
        """Store the path and the query of the request."""
        self.url = urljoin(self.url, url.decode("latin-1"))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Store a header of the request."""
        self.headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_body(self, part: bytes) -> None:
        """Store a part of the body."""
        self.body += part

    def on_message_complete(self) -> None:
        """Call the fake and deliver its response after the delay."""
        method = self.parser.get_method().decode()
        response = self.app.call(method, self.url, self.headers, self.body)
        asyncio.get_running_loop().call_later(response.delay, self.deliver, response)

    def deliver(self, response: InterceptedResponse) -> None:
        """Pass the response to the client and close; a dropped connection only closes."""
        if self.closed:
            return
        if not response.dropped:
            self.protocol.data_received(print_head(response) + response.body)
        self.close()

    def is_closing(self) -> bool:
        """Tell whether the connection is closed."""
        return self.closed

    def close(self) -> None:
        """Close the connection."""
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        """Close the connection at once."""
        self.close()

    def pause_reading(self) -> None:
        """Do nothing: the whole response has arrived already."""

    def resume_reading(self) -> None:
        """Do nothing: the whole response has arrived already."""


def print_head(response: InterceptedResponse) -> bytes:
    """Return the head of a response. It closes the connection, so that no client keeps it for later."""
    lines = [
        f"HTTP/1.1 {response.status} {response.reason}",
        *(f"{name}: {value}" for name, value in response.headers),
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
