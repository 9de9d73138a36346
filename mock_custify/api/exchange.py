"""The answer to one call as it takes shape, as the server under a WSGI application sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from mock_custify.api.request import Answer


class Exchange:
    """The head of an answer, and the faults that its call asked for: `wait` seconds, `dropped`."""

    __slots__ = ("dropped", "headers", "sized", "status", "wait")

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.sized = False
        self.wait = 0.0
        self.dropped = False

    def start_response(
        self,
        status: str,
        headers: list[tuple[str, str]],
        _exc_info: tuple[type[BaseException], BaseException, TracebackType] | None = None,
    ) -> None:
        """Take the status and the headers, as WSGI asks."""
        self.status = int(status[:3])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self.sized = any(name == b"content-length" for name, _ in self.headers) or self.status in {204, 304}

    def start(self, answer: Answer) -> None:
        """Take the head of an answer that is there as a whole."""
        self.status, self.sized = answer.status, True
        length = b"%d" % len(answer.body)
        self.headers = [(b"content-type", answer.content_type.encode("latin-1")), (b"content-length", length)]
        for name, value in answer.headers.items():
            self.headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))

    def delay(self, seconds: float) -> None:
        """Hold the answer back."""
        self.wait = seconds

    def drop(self) -> None:
        """Close the connection instead of answering."""
        self.dropped = True
