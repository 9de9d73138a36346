"""Speaks to a server in plain bytes: what no HTTP client would send, and exactly what comes back."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

TIMEOUT: Final = 10.0
KEY: Final = "socket-key"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it came: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


def exchange(url: str, *parts: bytes, method: str = "GET") -> list[Reply]:
    """Return the answers to `parts`, sent one after the other and followed by the end of input.

    `method` says how to read the answers: those to HEAD have no body.
    """
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), TIMEOUT) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the server may have closed first; what it said stands in the buffer
        return replies(received(connection), method)


def received(connection: socket.socket) -> bytes:
    """Return everything that comes until the other side closes."""
    pieces = []
    try:
        while piece := connection.recv(65536):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def replies(data: bytes, method: str = "GET") -> list[Reply]:
    """Return the answers in `data`; raise ValueError when something else stands between them."""
    found, stream = [], BytesIO(data)
    while stream.tell() < len(data):
        if not data.startswith(b"HTTP/1.1 ", stream.tell()):
            raise ValueError(f"no answer begins with {data[stream.tell() :][:80]!r}")
        found.append(reply(stream, method))
    return found


def reply(stream: BytesIO, method: str) -> Reply:
    """Return the next answer of a stream."""
    response = HTTPResponse(Unclosed(stream), method=method)  # type: ignore[arg-type] # only makefile() is asked of it
    response.begin()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, headers, response.read())


class Unclosed:
    """A stream that stays open when one answer has been read from it."""

    def __init__(self, stream: BytesIO) -> None:
        self.stream = stream

    def makefile(self, _mode: str) -> Unclosed:
        """Return what an answer is read from."""
        return self

    def close(self) -> None:
        """Leave the stream open for the next answer."""

    def flush(self) -> None:
        """Do nothing: nothing is written."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def request(method: str, path: str, body: bytes = b"", *headers: str, key: str = KEY) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Authorization: Bearer {key}", *headers]
    length = [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, *length, "", ""]).encode("latin-1") + body
