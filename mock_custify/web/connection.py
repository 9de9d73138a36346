"""One HTTP connection on an event loop: calls in, answers of a WSGI application out, in order.

The calls of the fake take microseconds and hold a lock anyway: they are answered at once, in the loop itself,
because a task or a thread for each would cost more than the answer. Only an open-ended answer gets a thread.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

import msgspec

from mock_custify.errors import ApiError, InvalidRequestError
from mock_custify.web.exchange import Exchange
from mock_custify.web.reader import Reader
from mock_custify.web.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from uvicorn.server import ServerState

    from mock_custify.limits import Limits

LOG: Final = logging.getLogger("mock_custify")
JSON: Final = ("Content-Type", "application/json")
FAILED: Final = b'{"error":"the mock failed: its log says why, please report it"}'
LINGER: Final = 10.0


class RequestTimeoutError(ApiError):
    """A request did not arrive whole in time."""

    status = 408


class Application(Protocol):
    """A WSGI application that knows its limits; `largest_body` is in bytes."""

    limits: Limits

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any], /) -> Iterable[bytes]:
        """Answer a call, as WSGI asks."""
        ...

    def largest_body(self, method: str, path: str) -> int:
        """Return how long a body may be that is sent to a path, in bytes."""
        ...


class Connection(asyncio.Protocol):
    """One connection to an application, known to its server through `state`."""

    transport: asyncio.Transport
    reader: Reader
    watch: asyncio.TimerHandle

    def __init__(self, application: Application, state: ServerState, loop: asyncio.AbstractEventLoop) -> None:
        self.application = application
        self.state = state
        self.loop = loop
        self.waiting: deque[dict[str, Any] | ApiError] = deque()
        self.held: tuple[asyncio.TimerHandle, Exchange, Iterable[bytes]] | None = None
        self.stream: Stream | None = None
        self.clogged = False
        self.deaf = False
        self.heard = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to serve a client."""
        self.transport = cast("asyncio.Transport", transport)  # uvloop's only look like one
        self.state.connections.add(self)  # type: ignore[arg-type] # it has the shutdown() that is called
        self.reader = Reader(
            environ_base(self.transport),
            self.take,
            self.proceed,
            self.application.largest_body,
            self.application.limits.head,
        )
        self.heard = self.loop.time()
        self.watch = self.loop.call_later(self.application.limits.idle, self.check_idle)

    def connection_lost(self, _exc: Exception | None) -> None:
        """Let go of everything that was under way."""
        self.state.connections.discard(self)
        self.watch.cancel()
        self.waiting.clear()
        self.deaf = True
        if self.held:
            self.held[0].cancel()
        if self.stream:
            self.stream.stop()

    def data_received(self, data: bytes) -> None:
        """Read what has arrived and answer each call that is whole."""
        self.heard = self.loop.time()
        if self.deaf:
            return
        try:
            self.reader.feed(data)
        except ApiError as refusal:
            self.refuse(refusal)

    def eof_received(self) -> bool:
        """Answer what has arrived; tell whether the connection stays open for that."""
        if self.reader.partial and not self.deaf:
            self.refuse(InvalidRequestError("the request ended before it was whole"))
        return self.busy or bool(self.waiting)

    def check_idle(self) -> None:
        """Part with a client that has said nothing for too long."""
        still = self.application.limits.idle - (self.loop.time() - self.heard)
        if self.busy or still > 0:
            self.watch = self.loop.call_later(max(still, 1.0), self.check_idle)
        elif self.reader.partial and not self.deaf:
            self.refuse(RequestTimeoutError("the request did not arrive whole in time"))
        else:
            self.transport.close()

    @property
    def busy(self) -> bool:
        """Tell whether the next call has to wait for an answer that is under way."""
        return self.held is not None or self.stream is not None or self.clogged

    def take(self, environ: dict[str, Any]) -> None:
        """Answer a call, or keep it until those before it are answered."""
        if self.busy or self.waiting:
            self.waiting.append(environ)
            self.transport.pause_reading()
        elif not self.deaf:
            self.answer(environ)

    def proceed(self) -> None:
        """Tell a client that waits for it to send its body; behind other calls it is left to wait."""
        if self.busy or self.waiting:
            return
        self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def refuse(self, refusal: ApiError) -> None:
        """Answer what cannot be read any further, after the calls before it, and listen no more."""
        self.deaf = True
        self.waiting.append(refusal)
        self.go_on()

    def go_on(self) -> None:
        """Answer the calls that had to wait."""
        while self.waiting and not self.busy and not self.transport.is_closing():
            call = self.waiting.popleft()
            if isinstance(call, ApiError):
                self.part(call)
            else:
                self.answer(call)
        if not self.busy and not self.transport.is_closing():
            self.transport.resume_reading()

    def part(self, refusal: ApiError) -> None:
        """Send a refusal and close, once the client has had time to read it."""
        exchange, body = Exchange(), msgspec.json.encode({"error": str(refusal)})
        status = f"{refusal.status} {type(refusal).__name__.removesuffix('Error')}"
        exchange.start_response(status, [JSON, ("Content-Length", str(len(body)))])
        self.transport.write(exchange.opening(self.date()) + body)
        self.transport.write_eof()
        self.loop.call_later(LINGER, self.transport.abort)

    def answer(self, environ: dict[str, Any]) -> None:
        """Have the application answer a call."""
        exchange: Exchange = environ["mock_custify.exchange"]
        try:
            chunks = self.application(environ, exchange.start_response)
        except Exception:
            LOG.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            exchange.start_response("500 Internal Server Error", [JSON, ("Content-Length", str(len(FAILED)))])
            chunks = [FAILED]
        if exchange.wait:
            timer = self.loop.call_later(exchange.wait, self.release)
            self.held = (timer, exchange, chunks)
            return
        self.send(exchange, chunks)

    def release(self) -> None:
        """Send the answer that was held back."""
        if self.held:
            timer, exchange, chunks = self.held
            timer.cancel()
            self.held = None
            self.send(exchange, chunks)
            self.go_on()

    def send(self, exchange: Exchange, chunks: Iterable[bytes]) -> None:
        """Send an answer: whole when its length is known, else piece by piece."""
        if exchange.dropped:
            self.transport.abort()
        elif exchange.sized or exchange.bodiless:
            body = b"" if exchange.bodiless else b"".join(chunks)
            self.transport.write(exchange.opening(self.date()) + body)
            getattr(chunks, "close", int)()
            self.end(exchange)
        else:
            self.transport.write(exchange.opening(self.date()))
            self.stream = Stream(
                chunks, self.loop, self.piece_writer(exchange), lambda: self.finish(exchange)
            )

    def piece_writer(self, exchange: Exchange) -> Callable[[bytes], None]:
        """Return the function that sends one piece of an open-ended answer."""

        def write(piece: bytes) -> None:
            if piece and not self.transport.is_closing():
                framed = b"%x\r\n%b\r\n" % (len(piece), piece) if exchange.chunked else piece
                self.transport.write(framed)

        return write

    def finish(self, exchange: Exchange) -> None:
        """End an open-ended answer."""
        self.stream = None
        if self.transport.is_closing():
            return
        if exchange.chunked:
            self.transport.write(b"0\r\n\r\n")
        self.end(exchange)
        self.go_on()

    def end(self, exchange: Exchange) -> None:
        """Close the connection after an answer that was the last one."""
        self.heard = self.loop.time()
        if not exchange.keep_alive:
            self.deaf = True
            self.waiting.clear()
            self.transport.close()

    def date(self) -> bytes:
        """Return the header that dates an answer; the server renews it each second."""
        return b"".join(b"%b: %b\r\n" % pair for pair in self.state.default_headers)

    def pause_writing(self) -> None:
        """Answer no more until the client has read what it was sent."""
        self.clogged = True
        self.transport.pause_reading()
        if self.stream:
            self.stream.flowing.clear()

    def resume_writing(self) -> None:
        """Go on answering."""
        self.clogged = False
        if self.stream:
            self.stream.flowing.set()
        self.go_on()

    def shutdown(self) -> None:
        """Send what is held back and close; called when the server stops."""
        self.deaf = True
        self.release()
        if self.stream:
            self.stream.stop()
        self.transport.close()


def environ_base(transport: asyncio.Transport) -> dict[str, Any]:
    """Return what the WSGI environments of all calls on a connection share."""
    client = transport.get_extra_info("peername") or ("", 0)
    server = transport.get_extra_info("sockname") or ("localhost", 0)
    return {
        "SCRIPT_NAME": "",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str(client[0]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
