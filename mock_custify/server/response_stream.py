"""Takes an answer whose end is open, such as live updates, from the application in a thread of its own."""

from __future__ import annotations

import asyncio
import logging
from threading import Semaphore, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LOG: Final = logging.getLogger("mock_custify")
AHEAD: Final = 16


class ResponseStream:
    """The pieces of an answer, for an event loop; the application runs at most `AHEAD` pieces ahead of it."""

    def __init__(self, pieces: Iterable[bytes], loop: asyncio.AbstractEventLoop) -> None:
        self.pieces = pieces
        self.loop = loop
        self.ready: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.room = Semaphore(AHEAD)
        self.stopped = False
        Thread(target=self.run, name="mock-custify-stream", daemon=True).start()

    async def next(self) -> bytes | None:
        """Return the next piece, or None when there is no other."""
        piece = await self.ready.get()
        self.room.release()
        return piece

    def stop(self) -> None:
        """Take no further piece."""
        if not self.stopped:
            self.stopped = True
            self.room.release()
            self.ready.put_nowait(None)

    def run(self) -> None:
        """Hand over piece after piece until the answer ends or the client has gone."""
        try:
            for piece in self.pieces:
                self.room.acquire()
                if self.stopped:
                    break
                self.hand_over(piece)
        except Exception:
            LOG.exception("an answer broke off")
        getattr(self.pieces, "close", int)()
        self.hand_over(None)

    def hand_over(self, piece: bytes | None) -> None:
        """Give the event loop one piece, unless it has ended."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.ready.put_nowait, piece)
