"""Calls that offer to go on in another protocol.

A server may ignore the offer and answer as usual (RFC 9110, 7.8). The parser does not: it reads no body after
an offer. Java's client offers h2c with each call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httptools

if TYPE_CHECKING:
    from collections.abc import Iterable


def new_parser(protocol: Any) -> httptools.HttpRequestParser:
    """Return a parser set up as uvicorn's own: what follows the last call of a connection is no error."""
    parser = httptools.HttpRequestParser(protocol)
    parser.set_dangerous_leniencies(lenient_data_after_close=True)
    return parser


def head_without_offer(
    parser: httptools.HttpRequestParser, url: bytes, headers: Iterable[tuple[bytes, bytes]]
) -> bytes:
    """Return the head that the parser has read, without the offer."""
    lines = [b"%b %b HTTP/%b" % (parser.get_method(), url, parser.get_http_version().encode())]
    for name, value in headers:
        kept = without_upgrade(value) if name == b"connection" else value
        lines.append(b"%b: %b" % (name, kept))
    return b"\r\n".join([*lines, b"", b""])


def without_upgrade(connection: bytes) -> bytes:
    """Return the value of a Connection header without the word that makes an offer of the Upgrade header."""
    return b",".join(word for word in connection.split(b",") if word.strip().lower() != b"upgrade")
