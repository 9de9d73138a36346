"""A WSGI application on an event loop, without a thread for each call.

The calls of the fake take microseconds and hold a lock anyway: handing each to a thread costs more than
answering it. A streamed answer, which may wait for minutes, runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Protocol

from mock_custify.api.exchange import Exchange
from mock_custify.api.wsgi_environ import environ_of
from mock_custify.server.response_stream import ResponseStream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from mock_custify.limits import Limits

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]

CONTENT_LENGTH: Final = b"content-length"


class Application(Protocol):
    """The parts of the app that the server needs."""

    limits: Limits

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any], /) -> Iterable[bytes]:
        """Answer a call, as WSGI asks."""
        ...

    def largest_body(self, environ: dict[str, Any], /) -> int:
        """Return how many bytes the body of a call may have."""
        ...


class WsgiOnAsgi:
    """An ASGI application that answers with a WSGI one."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.closing = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP call."""
        path = scope["path"].encode("utf-8", "surrogateescape").decode("latin-1")
        exchange = Exchange()
        environ = environ_of_scope(scope, path, exchange)
        body = await self.read_body(receive, environ)
        if body is None:
            return
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body[0]), str(body[1])
        chunks = self.application(environ, exchange.start_response)
        headers, sized = headers_of(exchange)
        if exchange.wait:
            await self.hold_back(exchange.wait)
        if exchange.dropped:
            await drop(scope, receive)
        elif sized or scope["method"] == "HEAD":
            await send({"type": "http.response.start", "status": exchange.status, "headers": headers})
            await send({"type": "http.response.body", "body": b"".join(chunks)})
            getattr(chunks, "close", int)()
        else:
            await send({"type": "http.response.start", "status": exchange.status, "headers": headers})
            await send_stream(send, receive, chunks, self.closing)

    async def read_body(self, receive: Receive, environ: dict[str, Any]) -> tuple[bytes, int] | None:
        """Return the body and its size in bytes, or None when the client goes away before it is whole.

        One that is too long is read no further and comes back empty: the application refuses it by its size,
        in its own words. The application is asked for the limit of the call when the usual one is exceeded.
        """
        largest = self.application.limits.body
        announced = int(environ.pop("HTTP_CONTENT_LENGTH", 0))
        if announced > largest:
            largest = self.application.largest_body(environ)
            if announced > largest:
                return b"", announced
        parts, size, more = [], 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            parts.append(message["body"])
            size += len(parts[-1])
            more = message["more_body"]
            if size > largest and size > (largest := self.application.largest_body(environ)):
                return b"", size
        return b"".join(parts), size

    async def hold_back(self, seconds: float) -> None:
        """Wait, but not longer than the server goes on."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.closing.wait(), seconds)


def environ_of_scope(scope: Scope, path: str, exchange: Exchange) -> dict[str, Any]:
    """Return the WSGI environment of a call on the event loop."""
    return environ_of(
        scope["method"],
        path,
        scope["query_string"].decode("latin-1"),
        [(name, value.decode("latin-1")) for name, value in scope["headers"]],
        exchange,
        scheme=scope["scheme"],
        server=scope["server"] or ("localhost", 0),
        client=(scope["client"] or ("", 0))[0],
        version=scope["http_version"],
    )


def headers_of(exchange: Exchange) -> tuple[list[tuple[bytes, bytes]], bool]:
    """Return the headers of an answer as ASGI wants them, and whether its size is known before it is sent."""
    headers, sized = [], exchange.status in {204, 304}
    for given, value in exchange.headers:
        name = header_name(given)
        headers.append((name, value.encode("latin-1")))
        sized = sized or name == CONTENT_LENGTH
    return headers, sized


@lru_cache(maxsize=1024)
def header_name(name: str) -> bytes:
    """Return the name of a header of an answer as ASGI wants it."""
    return name.lower().encode("latin-1")


async def drop(scope: Scope, receive: Receive) -> None:
    """Close the connection of a call instead of answering, and wait until it is closed."""
    scope["mock_custify.transport"].abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def send_stream(send: Send, receive: Receive, chunks: Iterable[bytes], closing: asyncio.Event) -> None:
    """Send a body piece by piece, until it ends, the client goes away or the server closes."""
    stream = ResponseStream(chunks, asyncio.get_running_loop())
    ends = [asyncio.ensure_future(receive()), asyncio.ensure_future(closing.wait())]
    for end in ends:
        end.add_done_callback(lambda _: stream.stop())
    try:
        while (piece := await stream.next()) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        stream.stop()
        for end in ends:
            end.cancel()
