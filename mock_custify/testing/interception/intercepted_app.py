"""The fake as an HTTP client sees it: which URLs it answers, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from mock_custify.api.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

    from mock_custify.app import MockCustifyApp

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


@dataclass(frozen=True, slots=True)
class InterceptedApp:
    """An application that answers at `base_urls`; other hosts are refused unless they are allowed."""

    app: MockCustifyApp
    base_urls: tuple[str, ...]
    allow_other_hosts: bool = False

    def owns(self, url: str) -> bool:
        """Tell whether this application answers a call to `url`."""
        return self.find_prefix(url) is not None

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
            "Give it another base_url, or MockCustify(allow_other_hosts=True) to let other hosts through."
        )

    def call(
        self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes
    ) -> InterceptedResponse:
        """Return the response of the application to a call that it owns."""
        exchange = Exchange()
        environ = build_environ(method, url, self.find_prefix(url) or "", headers, body)
        chunks = self.app.wsgi_app(environ | {"mock_custify.exchange": exchange}, exchange.start_response)
        content = b"".join(chunks)
        reason = HTTPStatus(exchange.status).phrase if exchange.status in REASONS else "UNKNOWN"
        return InterceptedResponse(
            exchange.status, reason, exchange.headers, content, exchange.wait, exchange.dropped
        )


def origin(url: SplitResult) -> tuple[str, str, int | None]:
    """Return the scheme, the host and the port of a URL, for comparison."""
    return url.scheme.lower(), (url.hostname or "").lower(), url.port or PORTS.get(url.scheme.lower())


def build_environ(
    method: str, url: str, prefix: str, headers: Iterable[tuple[str, str]], body: bytes
) -> dict[str, Any]:
    """Return the WSGI environment of a call that never leaves the process."""
    called = urlsplit(url)
    fields: dict[str, str] = {}
    for name, value in headers:
        key = f"HTTP_{name.upper().replace('-', '_')}"
        fields[key] = f"{fields[key]},{value}" if key in fields else value
    content_type = fields.pop("HTTP_CONTENT_TYPE", "")
    fields.pop("HTTP_CONTENT_LENGTH", None)
    return {
        "HTTP_HOST": called.netloc,
        **fields,
        "REQUEST_METHOD": method.upper(),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(called.path[len(prefix) :] or "/").decode("latin-1"),
        "QUERY_STRING": called.query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": called.hostname or "",
        "SERVER_PORT": str(called.port or PORTS.get(called.scheme, 0)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": called.scheme,
        "wsgi.input_terminated": True,
        "wsgi.input": BytesIO(body),
    }
