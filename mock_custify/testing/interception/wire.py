"""A request that a client writes byte by byte, as to a socket, and the bytes of its response."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import httptools

from mock_custify.testing.interception.intercepted_app import NO_REQUEST

if TYPE_CHECKING:
    from mock_custify.testing.interception.intercepted_app import InterceptedApp, InterceptedResponse

__tracebackhide__ = True

UPGRADE: Final = re.compile(rb"\r\nupgrade:[^\r\n]*", re.IGNORECASE)
HEAD_END: Final = b"\r\n\r\n"


class WireRequest:
    """A request to `url`, read from what a client writes; `response` is there once the request is whole.

    `expects_continue` is true when the client waits for "100 Continue" before it sends the body.
    """

    def __init__(self, app: InterceptedApp, url: str) -> None:
        self.app = app
        self.url = url
        self.headers: list[tuple[str, str]] = []
        self.head = b""
        self.head_read = False
        self.body: list[bytes] = []
        self.complete = self.expects_continue = False
        self.response: InterceptedResponse | None = None
        self.parser = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> None:
        """Read a part of the request. An offer to upgrade is ignored, as the server ignores it."""
        if not self.head_read:
            self.head += data
            head, end, rest = self.head.partition(HEAD_END)
            if not end:
                return
            self.head_read, data = True, UPGRADE.sub(b"", head) + end + rest
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.complete = True  # the method CONNECT
        except httptools.HttpParserError:
            self.response = NO_REQUEST
        if self.complete and self.response is None:
            method = self.parser.get_method().decode()
            self.response = self.app.call(method, self.url, self.headers, b"".join(self.body))

    def on_url(self, url: bytes) -> None:
        """Store the path and the query of the request; a call through a proxy has the whole URL."""
        self.url = urljoin(self.url, url.decode("latin-1"))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Store a header of the request."""
        self.headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        """Note whether the client waits before it sends the body."""
        expected = [value.lower() for name, value in self.headers if name.lower() == "expect"]
        self.expects_continue = "100-continue" in expected

    def on_body(self, part: bytes) -> None:
        """Store a part of the body."""
        self.body.append(part)

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self.complete = True


def response_bytes(response: InterceptedResponse, *extra: str) -> bytes:
    """Return a response as a socket gives it, with the header lines `extra`; b"" for a dropped connection."""
    if response.dropped:
        return b""
    lines = [f"HTTP/1.1 {response.status} {response.reason}"]
    lines += [f"{name}: {value}" for name, value in response.headers]
    return "\r\n".join([*lines, *extra, "", ""]).encode("latin-1") + response.body
