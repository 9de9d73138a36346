"""Sends plain bytes to a server, also what no HTTP client sends, and reads the exact response."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

TIMEOUT: Final = 60.0
KEY: Final = "socket-key"


@dataclass(frozen=True, slots=True)
class RawResponse:
    """One response: status, headers with names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


def exchange(url: str, *parts: bytes, method: str = "GET") -> list[RawResponse]:
    """Return the responses to `parts`, which are sent one after the other, followed by the end of input.

    `method` is the method of the requests: responses to HEAD have no body.
    """
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), TIMEOUT) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server may have closed first; its response is in the buffer
        return responses(received(connection), method)


def received(connection: socket.socket) -> bytes:
    """Return all bytes until the other side closes the connection."""
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def responses(data: bytes, method: str = "GET") -> list[RawResponse]:
    """Return the responses in `data`; raise ValueError for other bytes between them."""
    found, stream = [], BytesIO(data)
    while stream.tell() < len(data):
        if not data.startswith(b"HTTP/1.1 ", stream.tell()):
            raise ValueError(f"no response begins with {data[stream.tell() :][:80]!r}")
        found.append(next_response(stream, method))
    return found


def next_response(stream: BytesIO, method: str) -> RawResponse:
    """Return the next response of a stream."""
    found = HTTPResponse(Unclosed(stream), method=method)  # type: ignore[arg-type] # only makefile() is asked of it
    found.begin()
    headers = {name.lower(): value for name, value in found.getheaders()}
    return RawResponse(found.status, headers, found.read())


class Unclosed:
    """A stream that stays open after one response was read from it."""

    def __init__(self, stream: BytesIO) -> None:
        self.stream = stream

    def makefile(self, _mode: str) -> Unclosed:
        """Return the stream itself."""
        return self

    def close(self) -> None:
        """Keep the stream open for the next response."""

    def flush(self) -> None:
        """Do nothing: nothing is written."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def request(method: str, path: str, body: bytes = b"", *headers: str, key: str = KEY) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {key}", *headers]
    length = [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, *length, "", ""]).encode("latin-1") + body
