"""The fake as HTTP clients see it: which calls are its own, and what it answers to them."""

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
class Reply:
    """What comes back: an answer that is held back for `wait` seconds, or a `dropped` connection."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes
    wait: float
    dropped: bool


@dataclass(frozen=True, slots=True)
class Target:
    """An application that answers at `base_urls`; other hosts are refused unless they are let through."""

    app: MockCustifyApp
    base_urls: tuple[str, ...]
    allow_other_hosts: bool = False

    def owns(self, url: str) -> bool:
        """Tell whether a call to `url` is answered here."""
        return self.prefix(url) is not None

    def prefix(self, url: str) -> str | None:
        """Return the path under which the application stands at `url`, or None when it does not."""
        asked = urlsplit(url)
        for base in map(urlsplit, self.base_urls):
            path = base.path.rstrip("/")
            if origin(base) == origin(asked) and f"{asked.path}/".startswith(f"{path}/"):
                return path
        return None

    def refusal(self, method: str, url: str) -> str:
        """Return why a call to another host is refused, and what to do about it."""
        return (
            f"{method} {url} is refused: this fake of Custify answers {' and '.join(self.base_urls)} only. "
            "Give it another base_url, or MockCustify(allow_other_hosts=True) to let other hosts through."
        )

    def answer(self, method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes) -> Reply:
        """Return what the application answers to a call that is its own."""
        exchange = Exchange()
        environ = environ_of(method, url, self.prefix(url) or "", headers, body)
        chunks = self.app.wsgi_app(environ | {"mock_custify.exchange": exchange}, exchange.start_response)
        content = b"".join(chunks)
        reason = HTTPStatus(exchange.status).phrase if exchange.status in REASONS else "UNKNOWN"
        return Reply(exchange.status, reason, exchange.headers, content, exchange.wait, exchange.dropped)


def origin(url: SplitResult) -> tuple[str, str, int | None]:
    """Return the scheme, the host and the port of a URL, to be compared."""
    return url.scheme.lower(), (url.hostname or "").lower(), url.port or PORTS.get(url.scheme.lower())


def environ_of(
    method: str, url: str, prefix: str, headers: Iterable[tuple[str, str]], body: bytes
) -> dict[str, Any]:
    """Return the WSGI environment of a call that never leaves the process."""
    asked = urlsplit(url)
    fields: dict[str, str] = {}
    for name, value in headers:
        key = f"HTTP_{name.upper().replace('-', '_')}"
        fields[key] = f"{fields[key]},{value}" if key in fields else value
    content_type = fields.pop("HTTP_CONTENT_TYPE", "")
    fields.pop("HTTP_CONTENT_LENGTH", None)
    return {
        "HTTP_HOST": asked.netloc,
        **fields,
        "REQUEST_METHOD": method.upper(),
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(asked.path[len(prefix) :] or "/").decode("latin-1"),
        "QUERY_STRING": asked.query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": asked.hostname or "",
        "SERVER_PORT": str(asked.port or PORTS.get(asked.scheme, 0)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": asked.scheme,
        "wsgi.input_terminated": True,
        "wsgi.input": BytesIO(body),
    }
