"""One connection of the web server: HTTP as uvicorn reads it, with limits and refusals of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_custify.limits import Limits
from mock_custify.server.corked import Corked
from mock_custify.server.lingering import Lingering, refusal
from mock_custify.server.upgrade import head_without_offer, new_parser

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

FRAME: Final = len(": \r\n")
INVALID: Final = "Invalid HTTP request received."


class Connection(HttpToolsProtocol):
    """HTTP on one connection: uvicorn's, with a limit for the head of a call, and a way to be dropped.

    `head` counts the bytes since a call began, until its head is whole; then it is -1. `arrived` is the
    size of the data that came last, in bytes. `running` is the call that is being answered, `cycle` the one
    that came last. After a `refusal` nothing more is read; it is sent when what came before is answered, and
    then the two sides have `parted`.
    """

    largest_head = Limits().head
    lingering: Lingering
    arrived = 0
    head = 0
    ended = False
    parted = False
    refusal: tuple[str, str] | None = None
    running: RequestResponseCycle | None = None
    patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Start to serve a client."""
        super().connection_made(cast("asyncio.Transport", Corked(transport, self.loop)))
        self.wait_for_more()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop serving a client that is gone: no call of it waits for anything, and none is started."""
        if self.patience is not None:
            self.patience.cancel()
        self.lingering.remove(self.transport)
        self.pipeline.clear()
        if self.running is not None and not self.running.response_complete:
            self.leave_off(self.running)
        super().connection_lost(exc)

    def leave_off(self, cycle: RequestResponseCycle) -> None:
        """Tell a call that its client is gone."""
        cycle.disconnected = True
        cycle.message_event.set()

    def data_received(self, data: bytes) -> None:
        """Take what has arrived; refuse a head that grows too large."""
        if self.refusal:
            return
        self.arrived = len(data)
        self._unset_keepalive_if_required()
        self.feed(data)
        if self.head >= 0 and not self.refusal:
            self.head += len(data)
            self.check_head()
        if self.patience is not None or self.unfinished:
            self.wait_for_more()

    def feed(self, data: bytes) -> None:
        """Read calls; those that offer to go on in another protocol are read as any other."""
        while data and not self.refusal:
            try:
                return self.parser.feed_data(data)
            except httptools.HttpParserUpgrade as offer:
                if self.parser.get_method() == b"CONNECT":
                    return self.refuse("400 Bad Request", "this server is no proxy")
                data = head_without_offer(self.parser, self.url, self.headers) + data[offer.args[0] :]
                self.parser = new_parser(self)
            except httptools.HttpParserError:
                self.refuse("400 Bad Request", INVALID)
        return None

    def wait_for_more(self) -> None:
        """Give the client a while to say more, when it has not said all."""
        if self.patience is not None:
            self.patience.cancel()
        waits = not self.refusal and (self.unfinished or self.cycle is None)
        self.patience = self.loop.call_later(self.timeout_keep_alive, self.give_up) if waits else None

    def give_up(self) -> None:
        """Part with a client that has said nothing for too long."""
        self.patience = None
        if self.unfinished:
            self.refuse(
                "408 Request Timeout", f"no data arrived for {self.timeout_keep_alive} s within a request"
            )
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
            self.refuse("431 Request Header Fields Too Large", text)

    def eof_received(self) -> bool:  # type: ignore[override] # true keeps the way back open
        """Answer all that a client has asked before it sent its last byte; refuse what it left unfinished."""
        self.ended = True
        if self.parted:
            self.transport.close()
        elif not self.under_way or self.cycle.more_body:
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
        if not self.refusal and not self.parser.should_upgrade():
            self.head = -1
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of a body."""
        if not self.refusal:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Take the end of a call."""
        if not self.refusal and not self.parser.should_upgrade():
            super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Start to answer a call."""
        self.running = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Go on with the next call; after the last one of a client that sends no more, close."""
        last = not self.pipeline
        super().on_response_complete()
        if last and self.refusal:
            self.part(*self.refusal)
        elif self.ended and last:
            self.finish()

    def finish(self) -> None:
        """Close the connection of a client that sends no more; refuse what it left unfinished."""
        if self.refusal:
            return
        if self.head > 0 or self.under_way:
            self.refuse("400 Bad Request", "the request ended before it was whole")
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

    def refuse(self, status: str, text: str) -> None:
        """Refuse what came last, once the calls before it are answered, and part with the client."""
        if self.refusal:
            return
        self.refusal = (status, text)
        if self.under_way and self.cycle.more_body:
            self.leave_off(self.cycle)
            if self.pipeline:
                self.pipeline.popleft()
            else:
                self.running = None
        if self.running is None or self.running.response_complete:
            self.part(status, text)

    def part(self, status: str, text: str) -> None:
        """Send a refusal as JSON, like every other one, and close once the client has had time to read it."""
        if self.transport.is_closing():
            return
        self.parted = True
        self.transport.write(refusal(status, text))
        if self.ended:
            self.transport.close()
        else:
            self.flow.resume_reading()
            self.lingering.add(self.transport, self.loop)
