"""The end of a connection whose client sent something that is refused as no request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    import asyncio

PATIENCE: Final = 5.0  # seconds
MOST: Final = 64


class Lingering:
    """The connections of a server that wait for their client to read a refusal and to leave, oldest first.

    To close at once could take the refusal from the client. When too many wait, the oldest is closed.
    """

    def __init__(self) -> None:
        self.waiting: dict[asyncio.Transport, asyncio.TimerHandle] = {}

    def add(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Send no more on a connection, and close it after a while."""
        if transport.can_write_eof():
            transport.write_eof()
        self.waiting[transport] = loop.call_later(PATIENCE, transport.abort)
        if len(self.waiting) > MOST:
            oldest = next(iter(self.waiting))
            self.remove(oldest)
            oldest.abort()

    def remove(self, transport: asyncio.Transport) -> None:
        """Forget a connection."""
        if transport in self.waiting:
            self.waiting.pop(transport).cancel()


def refusal(status: str, text: str) -> bytes:
    """Return the bytes of a refusal: JSON, like every other one."""
    body = msgspec.json.encode({"error": text})
    head = f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
    return head.encode() + b"connection: close\r\n\r\n" + body
