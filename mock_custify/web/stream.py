"""Sends an answer whose end is open, such as live updates, from a thread of its own."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable, Iterable

LOG: Final = logging.getLogger("mock_custify")


class Stream:
    """Takes the pieces of an answer from the application and hands them to an event loop.

    `write` and `done` are called in the loop. While `flowing` is not set, no piece is taken.
    """

    def __init__(
        self,
        pieces: Iterable[bytes],
        loop: AbstractEventLoop,
        write: Callable[[bytes], None],
        done: Callable[[], None],
    ) -> None:
        self.pieces = pieces
        self.loop = loop
        self.write = write
        self.done = done
        self.flowing = Event()
        self.flowing.set()
        self.stopped = False
        Thread(target=self.run, name="mock-custify-stream", daemon=True).start()

    def stop(self) -> None:
        """Take no further piece."""
        self.stopped = True
        self.flowing.set()

    def run(self) -> None:
        """Hand over piece after piece until the answer ends or the client has gone."""
        try:
            for piece in self.pieces:
                if self.stopped:
                    break
                self.loop.call_soon_threadsafe(self.write, piece)
                self.flowing.wait()
        except Exception:
            LOG.exception("an answer broke off")
        self.close()

    def close(self) -> None:
        """Let go of the application's answer, and tell the loop unless it has ended."""
        getattr(self.pieces, "close", int)()
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.done)
