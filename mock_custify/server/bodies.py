"""Reads the bodies of calls, no more of them than the server has room for."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from mock_custify.limits import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mock_custify.server.asgi import Application

    Receive = Callable[[], Awaitable[dict[str, Any]]]

SMALL: Final = 64 * 1024
MOST_HELD: Final = 640 * MEBIBYTE  # the longest body, that of a state, and some more


class ClientLeftError(Exception):
    """The client went away before its body was whole."""


class NoRoomError(Exception):
    """The bodies of all calls under way are too large together."""


@dataclass(slots=True)
class Body:
    """What was read of a body, its size in bytes, and how many of them count as held by the server.

    Nothing is kept of one that is `refused`.
    """

    data: BytesIO
    size: int
    held: int = 0
    refused: bool = False


class Bodies:
    """The bodies of the calls under way. One that comes at once is not counted: it is in memory already."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.small = min(SMALL, application.limits.body)
        self.held = 0

    async def read(self, receive: Receive, environ: dict[str, Any]) -> Body:
        """Return the body of a call; raise ClientLeftError or NoRoomError.

        One that is too long, or that comes with a wrong key, is read no further and comes back empty: the
        application refuses the call in its own words. It is asked when a body is not small.
        """
        largest, announced = self.small, int(environ.pop("HTTP_CONTENT_LENGTH", 0))
        if announced > largest or "HTTP_EXPECT" in environ:
            largest = self.application.largest_body(environ)
            if announced > largest:
                return Body(BytesIO(), announced, refused=True)
        message = await receive()
        if message["type"] != "http.disconnect" and not message["more_body"]:
            return Body(BytesIO(message["body"]), len(message["body"]))
        body = Body(BytesIO(), 0)
        try:
            return await self.read_pieces(message, receive, environ, body, largest)
        except BaseException:
            self.release(body)
            raise

    async def read_pieces(
        self, message: dict[str, Any], receive: Receive, environ: dict[str, Any], body: Body, largest: int
    ) -> Body:
        """Return a body that comes in pieces, the first one in `message`."""
        more = True
        while more:
            if message["type"] == "http.disconnect":
                raise ClientLeftError
            self.keep(body, message["body"])
            more = message["more_body"]
            if body.size > largest and body.size > (largest := self.application.largest_body(environ)):
                self.release(body)
                return Body(BytesIO(), body.size, refused=True)
            message = await receive() if more else message
        body.data.seek(0)
        return body

    def keep(self, body: Body, piece: bytes) -> None:
        """Add a piece to a body; raise NoRoomError."""
        body.data.write(piece)
        body.size += len(piece)
        body.held += len(piece)
        self.held += len(piece)
        if self.held > MOST_HELD:
            raise NoRoomError

    def release(self, body: Body) -> None:
        """Count a body no more."""
        self.held -= body.held
        body.held = 0
