"""One connection of the web server: HTTP as uvicorn reads it, with limits and refusals of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_custify.limits import Limits

if TYPE_CHECKING:
    import asyncio

FRAME: Final = len(": \r\n")
LINGER: Final = 10.0  # seconds


class Corked:
    """A transport that sends what is written after all that the event loop has at hand has been answered.

    An answer is written in two parts, its head and its body: they go out as one. The answers to calls that
    arrived together go out together, too: each one sent alone would wake its client alone, which costs
    more than answering the call.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.transport = transport
        self.loop = loop
        self.parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        """Return what the transport itself has, once everything written is sent."""
        self.flush()
        return getattr(self.transport, name)

    def is_closing(self) -> bool:
        """Tell whether the transport closes; this is asked after each answer, and sends nothing yet."""
        return self.transport.is_closing()

    def write(self, data: bytes) -> None:
        """Send `data` before the loop goes on."""
        if not self.parts:
            self.loop.call_soon(self.flush)
        self.parts.append(data)

    def flush(self) -> None:
        """Send what was written."""
        if self.parts:
            data, self.parts = b"".join(self.parts), []
            self.transport.write(data)


class Connection(HttpToolsProtocol):
    """HTTP on one connection: uvicorn's, with a limit for the head of a call, and a way to be dropped.

    `head` counts the bytes since a call began, until its head is whole; then it is -1. `arrived` is the
    size of the data that came last, in bytes.
    """

    largest_head = Limits().head
    arrived = 0
    head = 0
    ended = False
    parted = False
    patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Start to serve a client."""
        super().connection_made(cast("asyncio.Transport", Corked(transport, self.loop)))
        self.wait_for_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop serving a client that is gone."""
        if self.patience is not None:
            self.patience.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has arrived; refuse a head that grows too large."""
        if self.parted:
            return
        self.arrived = len(data)
        super().data_received(data)
        if self.head >= 0 and not self.parted:
            self.head += len(data)
            self.check_head()
        if self.patience is not None or self.unfinished:
            self.wait_for_more()

    def wait_for_more(self) -> None:
        """Give the client a while to say more, when it has not said all."""
        if self.patience is not None:
            self.patience.cancel()
        waits = not self.parted and (self.unfinished or self.cycle is None)
        self.patience = self.loop.call_later(self.timeout_keep_alive, self.give_up) if waits else None

    def give_up(self) -> None:
        """Part with a client that has said nothing for too long."""
        self.patience = None
        if self.unfinished and not self.parted:
            self.part("408 Request Timeout", f"nothing came for {self.timeout_keep_alive} s, amid a request")
        elif self.cycle is None:
            self.transport.close()

    @property
    def unfinished(self) -> bool:
        """Tell whether a call has begun to come and is not yet whole."""
        return self.head > 0 or (self.under_way and self.cycle.more_body)

    def check_head(self) -> None:
        """Part with a client whose request line and headers are too large."""
        if self.head > self.largest_head:
            text = f"the request line and headers are larger than {self.largest_head} bytes"
            self.part("431 Request Header Fields Too Large", text)

    def eof_received(self) -> bool:  # type: ignore[override] # true keeps the way back open
        """Answer all that a client has asked before it sent its last byte; refuse what it left unfinished."""
        self.ended = True
        if not self.under_way or self.cycle.more_body:
            self.finish()
        return True

    def on_message_begin(self) -> None:
        """Start reading a call, and tell the application which connection it came on."""
        super().on_message_begin()
        self.head = 0
        self.scope["mock_custify.transport"] = self.transport  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """Hand the call on, once its head is whole; one that came whole in little data is not counted."""
        if self.head + self.arrived > self.largest_head:
            self.head = len(self.url) + sum(len(name) + len(value) + FRAME for name, value in self.headers)
            self.check_head()
        if not self.parted:
            self.head = -1
            super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Go on with the next call; after the last one of a client that sends no more, close."""
        last = not self.pipeline
        super().on_response_complete()
        if self.ended and last:
            self.finish()

    def finish(self) -> None:
        """Close the connection of a client that sends no more; refuse what it left unfinished."""
        if self.parted:
            return
        if self.head > 0 or self.under_way:
            self.part("400 Bad Request", "the request ended before it was whole")
        else:
            self.transport.close()

    def shutdown(self) -> None:
        """Close when the call under way is answered; called as the server stops."""
        if self.parted:
            self.transport.abort()
        else:
            super().shutdown()

    @property
    def under_way(self) -> bool:
        """Tell whether a call waits for its answer."""
        return self.cycle is not None and not self.cycle.response_complete  # type: ignore[redundant-expr]

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        if not self.parted:
            self.part("400 Bad Request", msg)

    def part(self, status: str, text: str) -> None:
        """Send a refusal as JSON, like every other one, and close once the client has had time to read it."""
        self.parted = True
        body = msgspec.json.encode({"error": text})
        head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        self.transport.write(head.encode() + b"connection: close\r\n\r\n" + body)
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)
