"""How a test reaches its fake: in the same process, on a socket of its own, or on a server elsewhere."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

from mock_custify.app import create_app
from mock_custify.interception import Target, intercepted
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store, Workspace
from mock_custify.workspace.store import digest

if TYPE_CHECKING:
    from mock_custify.app import MockCustifyApp
    from mock_custify.workspace.initial_state import Beginning


class ControlError(Exception):
    """The control API refused a call; its text says why."""


class Reach(Protocol):
    """A way to the control API of a fake that can be started and stopped."""

    @property
    def url(self) -> str:
        """Return the base URL at which the fake answers."""
        ...

    def start(self) -> None:
        """Make the fake answer."""

    def stop(self) -> None:
        """End what `start` began; what the fake remembers can still be read."""

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call; raise ControlError when it is refused."""
        ...


class InProcess:
    """A fake in the same process, fresh at each start, to which HTTP clients are led without a socket.

    With `only_key` other API keys are refused; without it the first key that is used is that of the test.
    """

    def __init__(
        self,
        base_urls: tuple[str, ...],
        api_key: str,
        beginning: Beginning,
        *,
        only_key: bool,
        allow_other_hosts: bool,
    ) -> None:
        self.base_urls = base_urls
        self.api_key = api_key
        self.beginning = beginning
        self.only_key = only_key
        self.allow_other_hosts = allow_other_hosts
        self.stack = ExitStack()
        self.app: MockCustifyApp | None = None
        self.active = False

    @property
    def url(self) -> str:
        """Return the first base URL."""
        return self.base_urls[0]

    def start(self) -> None:
        """Make a fresh fake and lead the clients to it."""
        if self.active:
            raise RuntimeError("this MockCustify is in use already: make another one")
        workspace = Workspace(self.beginning)
        store = Store((self.api_key,) if self.only_key else (), beginning=self.beginning, waiting=workspace)
        store.keep(digest(self.api_key), workspace)
        self.app = create_app(store)
        self.stack.enter_context(intercepted(Target(self.app, self.base_urls, self.allow_other_hosts)))
        self.active = True

    def stop(self) -> None:
        """Give the clients back."""
        self.active = False
        self.stack.close()

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call."""
        if self.app is None:
            raise RuntimeError("the fake has not started: use it as `with MockCustify() as custify:`")
        return asked(self.app, method, path, api_key, body)


class Served:
    """A fake on a socket, in a thread; it answers from the start."""

    def __init__(self, store: Store, host: str, port: int) -> None:
        self.app = create_app(store)
        self.thread = ServerThread(self.app, host, port)

    @property
    def url(self) -> str:
        """Return the URL of the socket."""
        return self.thread.url

    def start(self) -> None:
        """Do nothing: it answers already."""

    def stop(self) -> None:
        """Close the socket."""
        self.thread.stop()

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call, which needs no socket."""
        return asked(self.app, method, path, api_key, body)


class Elsewhere:
    """A fake that runs already, in another process, at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def start(self) -> None:
        """Do nothing: it runs already."""

    def stop(self) -> None:
        """Do nothing: it is not ours to stop."""

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call. Proxies are passed by, and clients that are intercepted."""
        headers = {"Authorization": f"Bearer {api_key}", "Content-Type": "application/json"}
        request = Request(f"{self.url}{path}", body or None, headers, method=method)  # noqa: S310 - as given
        try:
            with build_opener(ProxyHandler({})).open(request, timeout=60) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            raise ControlError(f"{method} {path}: {error.read().decode('utf-8', 'replace')}") from error
        except URLError as error:
            raise ControlError(f"no fake answers at {self.url}: {error.reason}") from error


def asked(app: MockCustifyApp, method: str, path: str, api_key: str, body: bytes) -> bytes:
    """Return the answer of an application to a control call; raise ControlError when it is refused."""
    headers = [("Authorization", f"Bearer {api_key}"), ("Content-Type", "application/json")]
    reply = Target(app, ("http://fake",)).answer(method, f"http://fake{path}", headers, body)
    if reply.status != 200:  # noqa: PLR2004 - every control call that works answers 200
        raise ControlError(f"{method} {path}: {reply.body.decode('utf-8', 'replace')}")
    return reply.body
