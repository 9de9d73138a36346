"""The fake as an HTTP client sees it: which URLs it answers, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from time import sleep
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes, urlsplit

import httptools

from mock_custify.api.exchange import Exchange
from mock_custify.api.wsgi_environ import environ_of
from mock_custify.errors import UnauthorizedError
from mock_custify.server.hosts import is_loopback
from mock_custify.workspace.clock_settings import ClockPut, moved

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

    from mock_custify.app import MockCustifyApp

__tracebackhide__ = True

REASONS: Final = frozenset(HTTPStatus)
PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class InterceptedResponse:
    """A response; the client waits `delay` seconds for it, or loses the connection when it is `dropped`."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes
    delay: float
    dropped: bool


# What the server answers to a method that HTTP does not know, and to anything else that is no request.
NO_REQUEST: Final = InterceptedResponse(
    400,
    "Bad Request",
    [("content-type", "application/json"), ("content-length", "42")],
    b'{"error":"Invalid HTTP request received."}',
    0,
    dropped=False,
)


@dataclass(frozen=True, slots=True, eq=False)
class InterceptedApp:
    """An application that answers at `base_urls`; other hosts are refused unless they are allowed.

    `owner` is what made it.
    """

    app: MockCustifyApp
    base_urls: tuple[str, ...]
    allow_other_hosts: bool = False
    owner: object = None

    def owns(self, url: str) -> bool:
        """Tell whether this application answers a call to `url`."""
        return self.find_prefix(url) is not None

    def lets_through(self, url: str) -> bool:
        """Tell whether a call to a host that is not the fake's goes on: to this machine it always does."""
        return self.allow_other_hosts or is_loopback(urlsplit(url).hostname or "")

    def find_prefix(self, url: str) -> str | None:
        """Return the path of the base URL that `url` begins with, or None when there is none."""
        called = urlsplit(url)
        for base in map(urlsplit, self.base_urls):
            path = base.path.rstrip("/")
            if origin(base) == origin(called) and f"{called.path}/".startswith(f"{path}/"):
                return path
        return None

    def refusal(self, method: str, url: str) -> str:
        """Return why a call to another host is refused, and what to do about it."""
        return (
            f"{method} {url} is refused: this fake of Custify answers {' and '.join(self.base_urls)} only. "
            "Give it another base_url, or MockCustify(allow_other_hosts=True) to let other hosts through; "
            "for the fixture of pytest these are custify_base_url and custify_allow_other_hosts = true."
        )

    def call(
        self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> InterceptedResponse:
        """Return the response of the application to a call that it owns."""
        if not is_method(method):
            return NO_REQUEST
        exchange, called = Exchange(), urlsplit(url)
        path = called.path[len(self.find_prefix(url) or "") :] or "/"
        environ = environ_of(
            method,
            unquote_to_bytes(path).decode("latin-1"),
            called.query,
            with_host(headers, called.netloc),
            exchange,
            scheme=called.scheme,
            server=(called.hostname or "", called.port or PORTS.get(called.scheme, 0)),
            client="127.0.0.1",
        )
        environ.pop("HTTP_CONTENT_LENGTH", None)
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(body), str(len(body))
        chunks = self.app(environ, exchange.start_response)
        content = b"" if method == "HEAD" else b"".join(chunks)
        reason = HTTPStatus(exchange.status).phrase if exchange.status in REASONS else "UNKNOWN"
        return InterceptedResponse(
            exchange.status, reason, exchange.headers, content, exchange.wait, exchange.dropped
        )

    def wait(self, authorization: str, seconds: float) -> None:
        """Wait as a client does between two attempts.

        Where the clock of the client's workspace is frozen, it is advanced instead, without waiting.
        """
        try:
            opened = self.app.extensions["mock_custify"].store.open(authorization.partition(" ")[2].strip())
        except UnauthorizedError:
            sleep(seconds)
            return
        with opened as workspace:
            frozen = workspace.clock.frozen is not None
            if frozen and seconds:
                workspace.clock = moved(workspace.clock, ClockPut(advance=seconds))
        if not frozen:
            sleep(seconds)


def is_method(method: str) -> bool:
    """Tell whether the server takes `method` for one of HTTP's; it is strict about their case."""
    try:
        httptools.HttpRequestParser(None).feed_data(f"{method} / HTTP/1.1\r\n\r\n".encode())
    except httptools.HttpParserUpgrade:
        return True
    except (httptools.HttpParserError, UnicodeEncodeError):
        return False
    return True


def origin(url: SplitResult) -> tuple[str, str, int | None]:
    """Return the scheme, the host and the port of a URL, for comparison."""
    return url.scheme.lower(), (url.hostname or "").lower(), url.port or PORTS.get(url.scheme.lower())


def with_host(headers: Iterable[tuple[str, str]], host: str) -> list[tuple[str, str]]:
    """Return headers with a Host, which clients that never open a socket may not have set."""
    given = list(headers)
    return given if any(name.lower() == "host" for name, _ in given) else [("Host", host), *given]
