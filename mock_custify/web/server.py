"""The web server: a WSGI application on a socket, in the foreground or in a thread."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import TYPE_CHECKING, Any, Final

import uvicorn

from mock_custify.web.connection import Application, Connection

if TYPE_CHECKING:
    from collections.abc import Callable

BACKLOG: Final = 2048


class Server(uvicorn.Server):
    """A server that says when it answers: `on_ready` is called once, in the server's thread."""

    def __init__(self, application: Application, on_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                application,  # only the connections below call it
                interface="asgi3",
                http=self.connection,  # type: ignore[arg-type] # a function that makes one does as well
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
        self.application = application
        self.on_ready = on_ready

    def connection(self, *, _loop: asyncio.AbstractEventLoop | None = None, **_: Any) -> Connection:
        """Return what serves a new connection."""
        return Connection(self.application, self.server_state, _loop or asyncio.get_running_loop())

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

    def __init__(self, application: Application, host: str = "127.0.0.1", port: int = 0) -> None:
        self.listener = listen(host, port)
        self.url = url_of(self.listener)
        ready = threading.Event()
        self.server = Server(application, ready.set)
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
