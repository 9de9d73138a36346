"""A WSGI application on an event loop, without a thread for each call.

Most calls of the fake take microseconds: handing each to a thread costs more than answering it. A call that
may take long runs in a thread, and so does every call meanwhile: one that has to wait for the lock of a
workspace does not make other calls wait. A streamed answer, which may wait for minutes, has its own thread.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from mock_custify.api.exchange import Exchange
from mock_custify.api.refused_calls import log_refused_call
from mock_custify.api.wsgi_environ import environ_of
from mock_custify.server.bodies import Bodies, ClientLeftError, NoRoomError
from mock_custify.server.response_stream import ResponseStream

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from mock_custify.limits import Limits
    from mock_custify.server.hosts import AllowedHosts

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]

CONTENT_LENGTH: Final = b"content-length"
MOST_THREADS: Final = 1000
NO_ROOM: Final = "the bodies under way fill the memory that this server has for them: try again later"


class Application(Protocol):
    """The parts of the app that the server needs."""

    limits: Limits

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any], /) -> Iterable[bytes]:
        """Answer a call, as WSGI asks."""
        ...

    def largest_body(self, environ: dict[str, Any], /) -> int:
        """Return how many bytes the body of a call may have, 0 when the call is refused in any case."""
        ...

    def may_wait(self, environ: dict[str, Any], size: int, /) -> bool:
        """Tell whether a call with a body of `size` bytes may take long or has to wait for another one."""
        ...


class WsgiOnAsgi:
    """An ASGI application that answers with a WSGI one; `away` calls are answered in threads now."""

    def __init__(self, application: Application, hosts: AllowedHosts) -> None:
        self.application = application
        self.hosts = hosts
        self.bodies = Bodies(application)
        self.closing = asyncio.Event()
        self.threads = ThreadPoolExecutor(MOST_THREADS, "mock-custify-call")
        self.away = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP call."""
        path = scope["path"].encode("utf-8", "surrogateescape").decode("latin-1")
        exchange = Exchange()
        environ = environ_of_scope(scope, path, exchange)
        try:
            chunks = await self.answer(receive, environ, exchange)
        except ClientLeftError:
            return
        await self.reply(scope, receive, send, exchange, chunks)

    async def answer(self, receive: Receive, environ: dict[str, Any], exchange: Exchange) -> Iterable[bytes]:
        """Return the body of the answer to a call; raise ClientLeftError."""
        if refused := self.hosts.refusal(environ.get("HTTP_HOST", "")):
            log_refused_call(environ, *refused)
            return refusal(exchange, *refused)
        try:
            body = await self.bodies.read(receive, environ)
        except NoRoomError:
            log_refused_call(environ, 503, NO_ROOM)
            return refusal(exchange, 503, NO_ROOM)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = body.data, str(body.size)
        try:
            if self.away or self.application.may_wait(environ, 0 if body.refused else body.size):
                return await self.answer_in_thread(environ, exchange)
            return self.application(environ, exchange.start_response)
        finally:
            self.bodies.release(body)

    async def answer_in_thread(self, environ: dict[str, Any], exchange: Exchange) -> Iterable[bytes]:
        """Return the body of the answer to a call that may take long, or may have to wait."""
        self.away += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self.threads, self.application, environ, exchange.start_response
            )
        finally:
            self.away -= 1

    async def reply(
        self, scope: Scope, receive: Receive, send: Send, exchange: Exchange, chunks: Iterable[bytes]
    ) -> None:
        """Send an answer, under the faults that its call meets."""
        headers, sized = headers_of(exchange)
        if exchange.wait:
            await self.hold_back(exchange.wait)
        if exchange.dropped:
            getattr(chunks, "close", int)()
            await drop(scope, receive)
            return
        await send({"type": "http.response.start", "status": exchange.status, "headers": headers})
        if sized or scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b"".join(chunks)})
            getattr(chunks, "close", int)()
        else:
            await send_stream(send, receive, chunks, self.closing)

    async def hold_back(self, seconds: float) -> None:
        """Wait, but not longer than the server goes on."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.closing.wait(), seconds)


def refusal(exchange: Exchange, status: int, text: str) -> Iterable[bytes]:
    """Return the body of a refusal of the server's own, after its head."""
    body = msgspec.json.encode({"error": text})
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    retry = [("Retry-After", "1")] if status == 503 else []  # noqa: PLR2004 - a status of HTTP
    exchange.start_response(f"{status} ", headers + retry)
    return (body,)


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
