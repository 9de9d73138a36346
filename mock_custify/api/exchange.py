"""The answer to one call as it takes shape, as the server under a WSGI application sees it."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class ConnectionDroppedError(ConnectionError):
    """The fake closed the connection instead of answering, because of a fault rule."""


class Exchange:
    """The head of an answer, and the faults that its call meets: `wait` seconds, `dropped`."""

    __slots__ = ("dropped", "headers", "status", "wait")

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[str, str]] = []
        self.wait = 0.0
        self.dropped = False

    def start_response(
        self,
        status: str,
        headers: list[tuple[str, str]],
        _exc_info: ExceptionInfo | None = None,
        /,
    ) -> Callable[[bytes], object]:
        """Accept the status and the headers, as WSGI asks."""
        self.status = int(status[:3])
        self.headers = headers
        return unwritable

    def delay(self, seconds: float) -> None:
        """Hold the answer back."""
        self.wait = seconds

    def drop(self) -> None:
        """Close the connection instead of answering."""
        self.dropped = True


def unwritable(_data: bytes) -> None:
    """Raise NotImplementedError: the write callable of WSGI, which no application here uses."""
    raise NotImplementedError


def suffered(exchange: Exchange, body: bytes) -> Iterable[bytes]:
    """Return the pieces of an answer under the faults that its call meets, on a server that knows none.

    A drop breaks the answer off after its head, which makes WSGI servers close the connection.
    """
    sleep(exchange.wait)
    if exchange.dropped:
        yield b" "
        raise ConnectionDroppedError("the connection was dropped (injected by a fault rule)")
    yield body
