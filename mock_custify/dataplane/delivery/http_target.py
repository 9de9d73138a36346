"""Delivers requests to a Custify over HTTP: one deadline for each whole exchange, and a bounded answer."""

from __future__ import annotations

import ssl
from contextlib import contextmanager, suppress
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from selectors import EVENT_READ, DefaultSelector
from socket import SHUT_RDWR
from threading import Event, Timer, local
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from custify_transformer.javascript import NotJsonError, encode
from mock_custify.dataplane.delivery.local_delivery import USER_AGENT, joined
from mock_custify.dataplane.delivery.retry import NO_ANSWER
from mock_custify.dataplane.delivery.targets import DeliveryResponse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from socket import socket

    from custify_transformer import HttpRequest

TIMEOUT: Final = 10.0  # seconds, as the router waits
LARGEST_ANSWER: Final = 1024 * 1024  # bytes; the rest of a longer answer is not read


class HttpTarget:
    """The Custify at `url`; each thread keeps a connection of its own."""

    def __init__(self, url: str, timeout: float = TIMEOUT) -> None:
        self.url = urlsplit(url.rstrip("/"))
        self.timeout = timeout
        self.threads = local()

    def send(self, request: HttpRequest) -> DeliveryResponse:
        """Return the reply; 504 without a whole answer in time, 400 for a request that cannot be sent."""
        late = Event()
        try:
            connection = self.connection()
            with deadline(connection, self.timeout, late):
                return self.exchange(connection, request, late)
        except NotJsonError as error:
            return DeliveryResponse(400, error=str(error))
        except (OSError, HTTPException) as error:
            self.close()
            told = (
                f"there was no whole answer within {self.timeout:g} seconds" if late.is_set() else str(error)
            )
            return DeliveryResponse(NO_ANSWER, error=told or type(error).__name__)
        except ValueError as error:  # such as a key or a host name that no header can hold
            self.close()
            return DeliveryResponse(400, error=f"the request cannot be sent: {error}")

    def exchange(self, connection: HTTPConnection, request: HttpRequest, late: Event) -> DeliveryResponse:
        """Send a request and return its answer; raise HTTPException when it is not whole or `late`."""
        parts = urlsplit(request.endpoint)
        query = joined(parts.query, urlencode(request.params)) if request.params else parts.query
        path = f"{self.url.path}{parts.path}" + (f"?{query}" if query else "")
        body = encode(request.body) if request.body else None
        connection.request(request.method, path, body, {"User-Agent": USER_AGENT, **request.headers})
        with connection.getresponse() as response:
            answer = response.read(LARGEST_ANSWER)
            if late.is_set() or (response.length and len(answer) < LARGEST_ANSWER):
                raise IncompleteRead(answer, response.length)
            if not response.isclosed():
                self.close()
            return DeliveryResponse(response.status, answer)

    def connection(self) -> HTTPConnection:
        """Return the connection of the thread, a new one when the other side has closed it."""
        kept: HTTPConnection | None = getattr(self.threads, "connection", None)
        if kept is None or kept.sock is None or is_readable(kept.sock):
            self.close()
            kind = TlsConnection if self.url.scheme == "https" else HTTPConnection
            kept = kind(self.url.hostname or "", self.url.port, timeout=self.timeout)
            self.threads.connection = kept
        return kept

    def close(self) -> None:
        """Close the connection of the thread."""
        kept: HTTPConnection | None = getattr(self.threads, "connection", None)
        self.threads.connection = None
        if kept is not None:
            kept.close()


def is_readable(sock: socket) -> bool:
    """Tell whether an idle connection has something to read, which is its end."""
    with DefaultSelector() as selector:
        selector.register(sock, EVENT_READ)
        return bool(selector.select(0))


class TlsConnection(HTTPSConnection):
    """A connection with its socket available before the handshake, so that a deadline can end it."""

    sock: Any

    def connect(self) -> None:
        """Connect and shake hands."""
        HTTPConnection.connect(self)
        self.sock = tls_context().wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        self.sock.do_handshake()


@cache
def tls_context() -> ssl.SSLContext:
    """Return how certificates are checked: by the system's authorities and those of certifi."""
    import certifi  # noqa: PLC0415 - most servers deliver to themselves and start without it

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@contextmanager
def deadline(connection: HTTPConnection, seconds: float, late: Event) -> Iterator[None]:
    """Cut a connection off after `seconds`, and set `late`; a timeout of a socket is only for each read."""
    timer = Timer(seconds, cut_off, (connection, late))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def cut_off(connection: HTTPConnection, late: Event) -> None:
    """End all reading and writing on a connection."""
    late.set()
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(SHUT_RDWR)
