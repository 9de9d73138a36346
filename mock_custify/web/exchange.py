"""One call on its way through a WSGI application, as the server under it sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


class Exchange:
    """The answer to one call as it takes shape: its head, and the faults that the call asked for.

    `keep_alive` tells whether the connection goes on after it; `bodiless` that no body may follow the head.
    """

    __slots__ = ("bodiless", "chunked", "dropped", "head", "keep_alive", "sized", "wait")

    def __init__(self, *, keep_alive: bool = False, chunked: bool = False, bodiless: bool = False) -> None:
        self.keep_alive = keep_alive
        self.chunked = chunked
        self.bodiless = bodiless
        self.head = ""
        self.sized = False
        self.wait = 0.0
        self.dropped = False

    def start_response(
        self,
        status: str,
        headers: list[tuple[str, str]],
        _exc_info: tuple[type[BaseException], BaseException, TracebackType] | None = None,
    ) -> None:
        """Take the status and the headers, as WSGI asks; raise ValueError for a line break in one."""
        lines = [f"{name}: {value}" for name, value in headers]
        self.sized = any(name.lower() == "content-length" for name, _ in headers)
        self.bodiless = self.bodiless or status.startswith(("204", "304"))
        self.head = "\r\n".join([f"HTTP/1.1 {status}", *lines, ""])
        if self.head.count("\n") > len(lines) + 1 or self.head.count("\r") > len(lines) + 1:
            raise ValueError("a header of an answer contains a line break")

    def delay(self, seconds: float) -> None:
        """Hold the answer back."""
        self.wait = seconds

    def drop(self) -> None:
        """Close the connection instead of answering."""
        self.dropped = True

    def opening(self, date: bytes) -> bytes:
        """Return the head of the answer as it is sent; `date` is one finished header line or nothing."""
        ends = "" if self.keep_alive else "Connection: close\r\n"
        piecewise = (
            "" if self.sized or self.bodiless or not self.chunked else "Transfer-Encoding: chunked\r\n"
        )
        return f"{self.head}{ends}{piecewise}".encode("latin-1") + date + b"\r\n"
