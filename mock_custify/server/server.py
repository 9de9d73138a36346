"""The web server: a WSGI application on a socket, in the foreground or in a thread."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import uvicorn

from mock_custify.server.asgi import Application, WsgiOnAsgi
from mock_custify.server.connection import Connection
from mock_custify.server.hosts import AllowedHosts
from mock_custify.server.lingering import Lingering

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.server.certificate import Certificate

BACKLOG: Final = 2048
TICK: Final = 0.1  # seconds
TICKS: Final = 864_000  # after which uvicorn starts to count again


class Server(uvicorn.Server):
    """A server that says when it answers: `on_ready` is called once, in the server's thread."""

    def __init__(
        self,
        application: Application,
        on_ready: Callable[[], None],
        hosts: AllowedHosts,
        certificate: Certificate | None = None,
    ) -> None:
        head = application.limits.head
        self.adapter = WsgiOnAsgi(application, hosts)
        super().__init__(
            uvicorn.Config(
                self.adapter,
                http=type(
                    "LimitedConnection", (Connection,), {"largest_head": head, "lingering": Lingering()}
                ),
                ws="none",
                lifespan="off",
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                backlog=BACKLOG,
                timeout_keep_alive=application.limits.idle,
                timeout_graceful_shutdown=10,
                ssl_certfile=certificate.chain if certificate else None,
                ssl_keyfile=certificate.key if certificate else None,
            )
        )
        self.on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start answering."""
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.on_ready()

    async def main_loop(self) -> None:
        """Serve until the end, and see at once that it has come: uvicorn looks only ten times a second."""
        tick = 0
        while not await self.on_tick(tick):
            tick = (tick + 1) % TICKS
            with suppress(TimeoutError):
                await asyncio.wait_for(self.adapter.closing.wait(), TICK)

    def end(self) -> None:
        """End the server; called from any thread, once it is ready."""
        self.should_exit = True
        with suppress(RuntimeError):  # its loop has ended already
            self.loop.call_soon_threadsafe(self.adapter.closing.set)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Send what a fault holds back, then stop."""
        self.adapter.closing.set()
        await super().shutdown(sockets)
        self.adapter.threads.shutdown(wait=False)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `host` and `port`, 0 for any free one.

    Raises OSError, which names both, if the port is taken or the host is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there this option lets two servers have one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        text = f"cannot listen on {host} port {port}: {error.strerror or error}"
        raise OSError(error.errno, text) from error
    return listener


def with_advice(error: OSError, advice: str) -> str:
    """Return why a socket cannot listen, and what to do."""
    text = error.strerror or str(error)
    if error.errno == errno.EADDRINUSE:
        return f"{text}: stop the other server, or {advice}"
    return (
        f"{text}: name an address of this machine" if isinstance(error.__cause__, socket.gaierror) else text
    )


def allowed_hosts(listener: socket.socket, *names: str) -> AllowedHosts:
    """Return the names that the server of a listening socket answers to."""
    return AllowedHosts(listener.getsockname()[0], names)


def url_of(listener: socket.socket, scheme: str = "http") -> str:
    """Return the URL that reaches a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


class ServerThread:
    """A server in a thread of its own; `url` reaches it until `stop`."""

    def __init__(self, application: Application, host: str = "127.0.0.1", port: int = 0) -> None:
        self.listener = listen(host, port)
        self.url = url_of(self.listener)
        self.ready = threading.Event()
        self.error: BaseException | None = None
        self.server = Server(application, self.ready.set, allowed_hosts(self.listener, host))
        self.thread = threading.Thread(target=self.run, name="mock-custify", daemon=True)
        try:
            self.thread.start()
            self.ready.wait()
        except RuntimeError as error:
            self.error = error
        if not self.server.started:
            self.listener.close()
            raise RuntimeError(f"the server could not start: {self.error!r}") from self.error

    def run(self) -> None:
        """Serve until `stop`; keep the error that ends it earlier, and wake up who waits for the start."""
        try:
            self.server.run(sockets=[self.listener])
        except BaseException as error:  # noqa: BLE001 - raised again where the server was asked for
            self.error = error
        finally:
            self.ready.set()

    def stop(self) -> None:
        """Answer what has arrived, then close the socket."""
        self.server.end()
        self.thread.join()
        self.listener.close()
