"""What the delivery tests use: messages, faults, delivery statuses, and another Custify on a socket."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mock_custify.dataplane.data_plane import DataPlaneOptions
from mock_custify.dataplane.delivery.retry import RetryPolicy

if TYPE_CHECKING:
    from typing import Self

    from support.dataplane import Source

SOON: Final = DataPlaneOptions(retry=RetryPolicy(scale=0.001))
LATE: Final = DataPlaneOptions(retry=RetryPolicy(scale=100))


def identify(user: str, **traits: Any) -> dict[str, Any]:
    """Return an identify of a person."""
    return {"type": "identify", "userId": user, "traits": traits}


def fates(source: Source) -> list[tuple[str, str, int]]:
    """Return the user, the status and the number of attempts of each delivery."""
    return [(found["userId"], found["status"], found["attempts"]) for found in source.deliveries()]


def break_people(source: Source, status: int, **when: Any) -> None:
    """Make the calls about people fail."""
    rule = {"method": "POST", "path": "/people", "status": status, **when}
    source.control("PUT", "/_mock/faults", json={"faults": [rule]})


class CustifyServer:
    """Another Custify on a socket: it answers with `statuses` in turn, then 200, and records the calls."""

    def __init__(self, *statuses: int) -> None:
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        left = list(statuses)
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            """Handles one call."""

            def do_POST(self) -> None:
                """Record the call and answer it."""
                body = msgspec.json.decode(self.rfile.read(int(self.headers["Content-Length"])))
                asked.append((self.path, dict(self.headers), body))
                self.send_response(left.pop(0) if left else 200)
                self.send_header("Content-Length", "0")
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Write no log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def __enter__(self) -> Self:
        """Return the server."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server."""
        self.server.shutdown()
        self.server.server_close()
