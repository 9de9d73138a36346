"""Reads HTTP calls from the bytes of a connection into WSGI environments, within limits."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from httptools import HttpParserCallbackError, HttpParserError, HttpParserUpgrade, HttpRequestParser

from mock_custify.errors import ApiError, InvalidRequestError, PayloadTooLargeError
from mock_custify.web.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable

    Environ = dict[str, Any]

SMALL_BODY: Final = 64 * 1024
FRAME: Final = len(": \r\n")
MOST_BODY: Final = 1024 * 1024 * 1024
NO_HTTP: Final = "this is not an HTTP/1.1 request that can be understood"


class HeadTooLargeError(ApiError):
    """The request line and the headers are longer than the server accepts."""

    status = 431


class Reader:
    """Turns the bytes of one connection into calls.

    `base` is what the environments of the connection share. `take` gets each whole call; `proceed` is called
    when a client waits for leave to send its body; `largest_body(method, path)` is in bytes. A longer body is
    read but not kept, so that the application can refuse it by its Content-Length in its own words.
    """

    def __init__(
        self,
        base: Environ,
        take: Callable[[Environ], None],
        proceed: Callable[[], None],
        largest_body: Callable[[str, str], int],
        largest_head: int,
    ) -> None:
        self.base = base
        self.take = take
        self.proceed = proceed
        self.largest_body = largest_body
        self.largest_head = largest_head
        self.parser = HttpRequestParser(self)
        self.refusal: ApiError | None = None
        self.partial = False
        self.heading = False
        self.pending = 0
        self.clear()

    def clear(self) -> None:
        """Make ready for the next call."""
        self.environ: Environ = self.base.copy()
        self.url = b""
        self.head = 0
        self.parts: list[bytes] = []
        self.size = 0
        self.room = SMALL_BODY

    def feed(self, data: bytes) -> None:
        """Take what has arrived; raise an ApiError when the connection cannot be read any further."""
        try:
            self.parser.feed_data(data)
        except HttpParserUpgrade:
            return
        except HttpParserError as error:
            if self.refusal is None and isinstance(error, HttpParserCallbackError):
                raise
            raise self.refusal or InvalidRequestError(NO_HTTP) from error
        if self.heading:
            self.refuse_head(self.pending)
            self.pending += len(data)

    def refuse_head(self, size: int) -> None:
        """Raise HeadTooLargeError when a head of `size` bytes is too large."""
        if size > self.largest_head:
            self.refusal = HeadTooLargeError(
                f"the request line and headers are larger than {self.largest_head} bytes"
            )
            raise self.refusal

    def on_message_begin(self) -> None:
        """Start a call."""
        self.partial = self.heading = True
        self.pending = 0
        self.clear()

    def on_url(self, part: bytes) -> None:
        """Take a part of the request's target."""
        self.url += part

    def on_header(self, name: bytes, value: bytes | None) -> None:
        """Take a header; one that comes twice is joined with a comma."""
        key, text = environ_name(name), (value or b"").decode("latin-1")
        self.head += len(name) + len(text) + FRAME
        known = self.environ.get(key)
        self.environ[key] = text if known is None else f"{known},{text}"

    def on_headers_complete(self) -> None:
        """Take the request line, and answer a client that waits before it sends its body."""
        self.heading = False
        self.refuse_head(len(self.url) + self.head)
        environ = self.environ
        path, _, query = target_of(self.url)
        environ["REQUEST_METHOD"] = self.parser.get_method().decode("ascii")
        environ["PATH_INFO"] = (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1")
        environ["QUERY_STRING"] = query.decode("latin-1")
        length = int(environ.pop("HTTP_CONTENT_LENGTH", 0))
        if length > self.room:
            self.make_room(length)
        if environ.get("HTTP_EXPECT", "").lower() != "100-continue":
            return
        if length > self.room:
            self.hand_on(length, keep_alive=False)
        else:
            self.proceed()

    def make_room(self, size: int) -> None:
        """Allow for a body of `size` bytes as far as its route does; raise when no route could."""
        self.room = self.largest_body(self.environ["REQUEST_METHOD"], self.environ["PATH_INFO"])
        if size > max(MOST_BODY, self.room):
            self.refusal = PayloadTooLargeError(f"the body is larger than {MOST_BODY} bytes")
            raise self.refusal

    def on_body(self, part: bytes) -> None:
        """Take a part of the body; more than its route takes is counted and thrown away."""
        self.size += len(part)
        if self.size > self.room:
            self.make_room(self.size)
        if self.size <= self.room:
            self.parts.append(part)
        else:
            self.parts.clear()

    def on_message_complete(self) -> None:
        """Hand the call on, unless that has happened before its body came."""
        if self.partial:
            parser = self.parser
            self.hand_on(self.size, keep_alive=parser.should_keep_alive() and not parser.should_upgrade())

    def hand_on(self, length: int, *, keep_alive: bool) -> None:
        """Give the call away with its body, which has `length` bytes."""
        environ, version = self.environ, self.parser.get_http_version()
        environ["SERVER_PROTOCOL"] = f"HTTP/{version}"
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
        environ["CONTENT_LENGTH"] = str(length)
        environ["wsgi.input"] = BytesIO(b"".join(self.parts))
        modern = version == "1.1"
        environ["mock_custify.exchange"] = Exchange(
            keep_alive=keep_alive and modern, chunked=modern, bodiless=environ["REQUEST_METHOD"] == "HEAD"
        )
        self.partial = False
        self.take(environ)


@lru_cache(maxsize=1024)
def environ_name(name: bytes) -> str:
    """Return the name of a header in a WSGI environment.

    One with an underscore could pass for another header there, so it keeps a name that no other one has.
    """
    text = name.decode("latin-1").upper()
    return f"mock_custify.header.{text}" if "_" in text else "HTTP_" + text.replace("-", "_")


def target_of(url: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the path and the query (third) of a request's target, which may be a whole URL."""
    url = url.partition(b"#")[0]
    if not url.startswith(b"/") and b"://" in url:
        url = b"/" + url.partition(b"://")[2].partition(b"/")[2]
    return url.partition(b"?")
