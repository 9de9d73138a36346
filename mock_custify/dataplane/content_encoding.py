"""Unpacks a body as its Content-Encoding says, within bounds: gzip, x-gzip, deflate, or several in turn."""

from __future__ import annotations

import zlib
from typing import Final

MOST_MEMBERS: Final = 1000
MOST_LAYERS: Final = 4
PIECE: Final = 64 * 1024
GZIP: Final = 31  # zlib's words for what stands around the data: a gzip header,
ZLIB: Final = 15  # a zlib header, as "deflate" means it,
RAW: Final = -15  # or nothing, as many clients send it
PLAIN: Final = frozenset({"", "identity"})


class UnknownEncodingError(ValueError):
    """A Content-Encoding that is not read here."""


def decoded(body: bytes, encoding: str, largest: int) -> bytes:
    """Return what a body holds: `encoding` is a header Content-Encoding, its last part was applied last.

    Raises UnknownEncodingError, OverflowError for more than `largest` bytes, and ValueError for a body that
    is broken or cut off.
    """
    names = [name.strip().lower() for name in encoding.split(",")]
    layers = [name for name in reversed(names) if name not in PLAIN]
    if len(layers) > MOST_LAYERS:
        raise UnknownEncodingError(f"the Content-Encoding has more than {MOST_LAYERS} parts")
    for name in layers:
        body = unpacked(body, name, largest)
    return body


def unpacked(body: bytes, name: str, largest: int) -> bytes:
    """Return what the body of one encoding holds, the members of a gzip body joined."""
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise UnknownEncodingError(
            f"the Content-Encoding {name[:80]!r} is not read here: send gzip, deflate or none"
        )
    kind = GZIP if name != "deflate" else ZLIB if has_zlib_header(body) else RAW
    parts = [b""]
    left, start = largest, 0
    for _ in range(MOST_MEMBERS):
        text, start = member_at(body, start, left, kind)
        parts.append(text)
        left -= len(text)
        if start >= len(body) or left <= 0:
            break
    if start < len(body) or left <= 0:
        raise OverflowError
    return b"".join(parts)


def has_zlib_header(body: bytes) -> bool:
    """Tell whether a body begins as RFC 1950 says."""
    return len(body) > 1 and body[0] & 0x0F == zlib.DEFLATED and int.from_bytes(body[:2]) % 31 == 0


def member_at(body: bytes, start: int, most: int, kind: int) -> tuple[bytes, int]:
    """Return what the member at `start` holds, `most` bytes of it, and where the next one starts.

    It is read in pieces: the rest of a body with many members is not copied for each of them.
    Raises ValueError when it is broken or cut off.
    """
    member, parts, left = zlib.decompressobj(kind), [], most
    while not member.eof and left > 0:
        if start >= len(body):
            raise ValueError("the body is cut off")
        piece = body[start : start + PIECE]
        try:
            parts.append(member.decompress(piece, left))
        except zlib.error as error:
            raise ValueError(str(error)) from error
        left -= len(parts[-1])
        start += len(piece) - len(member.unused_data) - len(member.unconsumed_tail)
    return b"".join(parts), start
