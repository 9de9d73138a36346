"""The web server: a WSGI application on a socket, in the foreground or in a thread."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mock_custify.web.asgi import WsgiOnAsgi
from mock_custify.web.routing import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.web.asgi import Wsgi

BACKLOG: Final = 2048
LARGEST_BODY: Final = 512 * MEBIBYTE


class Protocol(HttpToolsProtocol):
    """HTTP on a connection that an application may ask to drop."""

    def on_message_begin(self) -> None:
        """Start reading a call, and tell the application which connection it came on."""
        super().on_message_begin()
        self.scope["mock_custify.transport"] = self.transport  # type: ignore[typeddict-unknown-key]


class Server(uvicorn.Server):
    """A server that says when it answers: `on_ready` is called once, in the server's thread."""

    def __init__(self, wsgi: Wsgi, on_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                WsgiOnAsgi(wsgi, LARGEST_BODY),
                http=Protocol,
                ws="none",
                lifespan="off",
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                backlog=BACKLOG,
                timeout_graceful_shutdown=10,
            )
        )
        self.on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start answering."""
        await super().startup(sockets)
        self.on_ready()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port` (0: any free one); raise OSError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL that reaches a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class ServerThread:
    """A server in a thread of its own; `url` reaches it until `stop`."""

    def __init__(self, wsgi: Wsgi, host: str = "127.0.0.1", port: int = 0) -> None:
        self.listener = listen(host, port)
        self.url = url_of(self.listener)
        ready = threading.Event()
        self.server = Server(wsgi, ready.set)
        sockets: Any = {"sockets": [self.listener]}
        self.thread = threading.Thread(
            target=self.server.run, kwargs=sockets, name="mock-custify", daemon=True
        )
        self.thread.start()
        ready.wait()

    def stop(self) -> None:
        """Answer what has arrived, then close the socket."""
        self.server.should_exit = True
        self.thread.join()
        self.listener.close()
