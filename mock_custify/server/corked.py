"""Sends the answers of one turn of the event loop together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio


class Corked:
    """A transport that sends its data after all calls that are ready in the event loop were answered.

    An answer is written in two parts, its head and its body: they go out as one. The answers to calls that
    arrived together go out together, too: each one sent alone would wake its client alone, which costs
    more than answering the call.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.transport = transport
        self.loop = loop
        self.parts: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        """Return what the transport itself has, once everything written is sent."""
        self.flush()
        return getattr(self.transport, name)

    def is_closing(self) -> bool:
        """Tell whether the transport closes; this is asked after each answer, and sends nothing yet."""
        return self.transport.is_closing()

    def write(self, data: bytes) -> None:
        """Send `data` before the loop goes on."""
        if not self.parts:
            self.loop.call_soon(self.flush)
        self.parts.append(data)

    def flush(self) -> None:
        """Send what was written."""
        if self.parts:
            data, self.parts = b"".join(self.parts), []
            self.transport.write(data)
