"""A WSGI application on an event loop, without a thread for each call.

The calls of the fake take microseconds and hold a lock anyway: handing each to a thread costs more than
answering it. A streamed answer, which may wait for minutes, runs in a thread of its own.
"""

from __future__ import annotations

import asyncio
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from mock_custify.web.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]
    Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

TOO_LARGE: Final = b'{"error":"the body is larger than this server accepts"}'


class WsgiOnAsgi:
    """An ASGI application that answers with a WSGI one; `max_body` in bytes guards the memory."""

    def __init__(self, wsgi: Wsgi, max_body: int) -> None:
        self.wsgi = wsgi
        self.max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP call."""
        body = await read_body(receive, self.max_body)
        if body is None:
            await send_all(
                send, 413, [(b"content-type", b"application/json"), (b"connection", b"close")], TOO_LARGE
            )
            return
        exchange = Exchange()
        chunks = self.wsgi(environ_of(scope, body, exchange), exchange.start_response)
        if exchange.wait:
            await asyncio.sleep(exchange.wait)
        if exchange.dropped:
            scope["mock_custify.transport"].abort()
            while (await receive())["type"] != "http.disconnect":
                pass
        elif isinstance(chunks, list | tuple):
            await send_all(send, exchange.status, exchange.headers, b"".join(chunks))
        else:
            await send_stream(send, receive, exchange, chunks)


async def read_body(receive: Receive, max_body: int) -> bytes | None:
    """Return the whole body, or None when it is longer than `max_body` bytes."""
    message = await receive()
    if not message.get("more_body"):
        body: bytes = message.get("body", b"")
        return body if len(body) <= max_body else None
    parts, size = [message["body"]], len(message["body"])
    while message.get("more_body") and size <= max_body:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
    return b"".join(parts) if size <= max_body else None


def environ_of(scope: Scope, body: bytes, exchange: Exchange) -> dict[str, Any]:
    """Return the WSGI environment of a call; `exchange` stands in it as "mock_custify.exchange"."""
    client, server = scope.get("client"), scope.get("server")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0] if server else "localhost",
        "SERVER_PORT": str(server[1] if server else 0),
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "mock_custify.exchange": exchange,
    }
    for name, value in scope["headers"]:
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        environ[key] = (
            value.decode("latin-1") if key not in environ else f"{environ[key]},{value.decode('latin-1')}"
        )
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ


async def send_all(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    """Send a whole answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_stream(send: Send, receive: Receive, exchange: Exchange, chunks: Iterable[bytes]) -> None:
    """Send an answer piece by piece, from a thread, until it ends or the client goes away."""
    await send({"type": "http.response.start", "status": exchange.status, "headers": exchange.headers})
    gone = asyncio.ensure_future(receive())
    pieces = iter(chunks)
    try:
        while not gone.done() and (piece := await asyncio.to_thread(next, pieces, None)) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        gone.cancel()
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
