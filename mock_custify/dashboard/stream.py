"""Live updates as server-sent events: each open page looks a few times a second whether something is new.

The API knows nothing of the pages, so they cannot slow it down: a look costs microseconds in a thread of
its own. The stream says only that something is new; the page then asks for what it shows.
"""

from __future__ import annotations

from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any, Final

import msgspec
from flask import Blueprint, Response, current_app, request

from mock_custify.api import Call
from mock_custify.api.call import bearer_key
from mock_custify.dashboard.live import counts_of
from mock_custify.errors import ApiError

if TYPE_CHECKING:
    from mock_custify.api.backend import Backend
    from mock_custify.workspace import Workspace
    from mock_custify.workspace.messages.deliveries import Deliveries
    from mock_custify.workspace.store import OpenedWorkspace

MOST_STREAMS: Final = 32
WATCHED: Final = 200  # messages whose delivery status one page follows
PAUSE: Final = 0.2
HEARTBEAT: Final = 1.0
SETTLED: Final = frozenset({"delivered", "filtered", "refused", "aborted"})

live_updates = Blueprint("live_updates", __name__, url_prefix="/_mock/ui")


class BusyError(ApiError):
    """Too many pages are open."""

    code = 503


class Streams:
    """How many pages may listen at once."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self.free = BoundedSemaphore(most)

    def open(self, opened: OpenedWorkspace) -> LiveUpdates:
        """Return a stream of what happens in a workspace; raise BusyError when too many are open."""
        if not self.free.acquire(blocking=False):
            raise BusyError("too many pages are open: close one to see live updates here")
        return LiveUpdates(opened, self.free)


class LiveUpdates:
    """The pieces of one page's stream; an empty piece lets the server see whether the page is gone."""

    def __init__(self, opened: OpenedWorkspace, slot: BoundedSemaphore) -> None:
        self.opened = opened
        self.slot: BoundedSemaphore | None = slot
        self.counts: dict[str, int] = {}
        self.deliveries: object = None
        self.last = 0
        self.pending: set[int] = set()
        self.spoke = monotonic()

    def __iter__(self) -> LiveUpdates:
        """Return the stream itself."""
        return self

    def __next__(self) -> bytes:
        """Return what is new, after a pause; a comment keeps a quiet connection open."""
        if self.slot is None:
            raise StopIteration
        if self.counts:
            sleep(PAUSE)
        with self.opened as workspace:
            piece = self.news(workspace)
        if not piece and monotonic() - self.spoke > HEARTBEAT:
            piece = b": still here\n\n"
        if piece:
            self.spoke = monotonic()
        return piece

    def close(self) -> None:
        """Make room for another page."""
        slot, self.slot = self.slot, None
        if slot is not None:
            slot.release()

    def news(self, workspace: Workspace) -> bytes:
        """Return the events since the last look, b"" when nothing happened."""
        pieces = b""
        if workspace.deliveries is not self.deliveries:
            self.deliveries, self.last, self.pending = workspace.deliveries, 0, set()
            pieces += spoken("restart", {})
        if self.pending or workspace.deliveries.last != self.last:
            pieces += self.fresh(workspace.deliveries)
        counts = {**counts_of(workspace), "changes": workspace.changes}
        if counts != self.counts:
            self.counts = counts
            pieces += spoken("counts", counts)
        return pieces

    def fresh(self, deliveries: Deliveries) -> bytes:
        """Say that messages arrived, or that some are not waiting any more."""
        since, waiting = self.last, self.pending
        found = deliveries.find(lambda one: one.number > since or one.number in waiting, WATCHED)
        self.last = deliveries.last
        self.pending = {delivery.number for delivery in found if delivery.status not in SETTLED}
        is_news = any(delivery.number > since or delivery.status in SETTLED for delivery in found)
        return spoken("deliveries", {"newest": self.last}) if is_news else b""


def spoken(name: str, data: Any) -> bytes:
    """Return one server-sent event."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(data))


@live_updates.get("/events")
def listen() -> Response:
    """Answer with the stream of the workspace of the caller's key."""
    backend: Backend = current_app.extensions["mock_custify"]
    key = bearer_key(Call(request.environ, backend, {}))
    streams = current_app.extensions.setdefault("mock_custify_streams", Streams())
    stream = streams.open(backend.store.open(key))
    return Response(stream, content_type="text/event-stream", headers={"Cache-Control": "no-store"})
