"""Leads the calls of `aiohttp` to the fake.

The client keeps all of its own machinery: it is given a connection whose other end is the fake.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import aiohttp
import httptools

from mock_custify.interception.clients import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.interception.target import Reply, Target


@contextmanager
def intercepted(target: Target) -> Iterator[None]:
    """Lead the calls to `target` until the end of the block."""
    connect = aiohttp.TCPConnector._create_connection  # noqa: SLF001 - the one place all calls pass

    async def create_connection(connector: Any, request: Any, traces: Any, patience: Any) -> Any:
        url = str(request.url)
        if target.owns(url):
            protocol = connector._factory()  # noqa: SLF001 - what the original makes as well
            protocol.connection_made(Wire(target, protocol, url))
            return protocol
        if target.allow_other_hosts:
            return await connect(connector, request, traces, patience)
        raise aiohttp.ClientConnectionError(target.refusal(request.method, url))

    with replaced(aiohttp.TCPConnector, "_create_connection", create_connection):
        yield


class Wire(asyncio.Transport):
    """A connection to the fake: what is written to it is a request, what it delivers is the answer."""

    def __init__(self, target: Target, protocol: Any, url: str) -> None:
        super().__init__()
        self.target = target
        self.protocol = protocol
        self.url = url
        self.headers: list[tuple[str, str]] = []
        self.body = b""
        self.closed = False
        self.parser = httptools.HttpRequestParser(self)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Take a part of a request."""
        self.parser.feed_data(bytes(data))

    def on_url(self, url: bytes) -> None:
        """Take the path and the query of the request."""
        self.url = urljoin(self.url, url.decode("latin-1"))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header of the request."""
        self.headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_body(self, part: bytes) -> None:
        """Take a part of the body."""
        self.body += part

    def on_message_complete(self) -> None:
        """Ask the fake and let its answer arrive, after its delay."""
        method = self.parser.get_method().decode()
        reply = self.target.answer(method, self.url, self.headers, self.body)
        asyncio.get_running_loop().call_later(reply.wait, self.deliver, reply)

    def deliver(self, reply: Reply) -> None:
        """Let the answer arrive at the client, or the end of the connection."""
        if self.closed:
            return
        if not reply.dropped:
            self.protocol.data_received(head_of(reply) + reply.body)
        self.close()

    def is_closing(self) -> bool:
        """Tell whether the connection is at its end."""
        return self.closed

    def close(self) -> None:
        """End the connection."""
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def abort(self) -> None:
        """End the connection at once."""
        self.close()

    def pause_reading(self) -> None:
        """Do nothing: the whole answer has arrived already."""

    def resume_reading(self) -> None:
        """Do nothing: the whole answer has arrived already."""


def head_of(reply: Reply) -> bytes:
    """Return the head of an answer; the connection ends with it, so that no client keeps it for later."""
    lines = [
        f"HTTP/1.1 {reply.status} {reply.reason}",
        *(f"{name}: {value}" for name, value in reply.headers),
    ]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
