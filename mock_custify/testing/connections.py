"""The places of a fake that a test makes: in the process of the test, or on a socket of its own."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread, with_advice
from mock_custify.testing.interception import InterceptedApp, intercept_clients, newest_of
from mock_custify.testing.remote_fake import ControlError
from mock_custify.workspace import Store, Workspace
from mock_custify.workspace.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.app import MockCustifyApp
    from mock_custify.workspace.initial_state import InitialState

__tracebackhide__ = True

OK: Final = (200, 204)
GIVEN_HERE: Final = "the api_key that was given to MockCustify"


class FakeConnection(Protocol):
    """A fake that can be started and stopped, and its control API."""

    @property
    def url(self) -> str:
        """Return the base URL at which the fake answers."""
        ...

    def turned_away(self) -> list[str]:
        """Return the newest calls that reached no workspace or no call of the API, one a line."""
        ...

    def elsewhere(self, api_key: str) -> tuple[int, int]:
        """Return how many calls and messages came for other keys than this one."""
        ...

    def start(self) -> None:
        """Start answering."""

    def stop(self) -> None:
        """Stop answering; the state of the fake can still be read."""

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call; raise ControlError when it is refused."""
        ...


class InProcessFake:
    """A fake in the same process, new at each start. The calls of HTTP clients are intercepted.

    With `only_key` other API keys are refused; without it the test sees the workspace of the first key used.
    """

    def __init__(
        self,
        base_urls: tuple[str, ...],
        api_key: str,
        initial_state: InitialState,
        *,
        only_key: bool,
        allow_other_hosts: bool,
    ) -> None:
        self.base_urls = base_urls
        self.api_key = api_key
        self.initial_state = initial_state
        self.only_key = only_key
        self.allow_other_hosts = allow_other_hosts
        self.stack = ExitStack()
        self.last: InterceptedApp | None = None
        self.active = False

    @property
    def url(self) -> str:
        """Return the first base URL."""
        return self.base_urls[0]

    def start(self) -> None:
        """Make a new fake and intercept the HTTP clients."""
        if self.active:
            raise RuntimeError("this MockCustify has already started: create another one")
        self.active = True
        self.stack.enter_context(self.run())

    def stop(self) -> None:
        """Stop the interception."""
        self.stack.close()
        self.active = False

    @contextmanager
    def run(self) -> Iterator[None]:
        """Make a new fake and intercept the HTTP clients until the end of the block.

        Threads and tasks may be in such a block at the same time, and one block may be in another: each has
        a fake of its own.
        """
        app = self.last = self.make()
        try:
            with intercept_clients(app):
                yield
        finally:
            self.last = app
            app.app.data_plane.close(0)

    def turned_away(self) -> list[str]:
        """Return the newest calls that reached no workspace."""
        return list(self.last.app.store.arrivals.turned_away) if self.last else []

    def elsewhere(self, api_key: str) -> tuple[int, int]:
        """Return how many calls and messages came for other keys than this one."""
        return self.last.app.store.elsewhere(api_key) if self.last else (0, 0)

    def __repr__(self) -> str:
        """Return the base URLs and whether they are answered."""
        return f"{'answers' if self.active else 'does not answer yet at'} {', '.join(self.base_urls)}"

    def make(self) -> InterceptedApp:
        """Return a new fake."""
        workspace = Workspace(self.initial_state)
        store = Store(
            (self.api_key,) if self.only_key else (),
            initial_state=self.initial_state,
            waiting=workspace,
            accepts=GIVEN_HERE,
        )
        store.keep(digest(self.api_key), workspace)
        return InterceptedApp(create_app(store), self.base_urls, self.allow_other_hosts, self)

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call, by the fake of this thread or task, else by the last one."""
        app = newest_of(self) or self.last
        if app is None:
            raise RuntimeError("the fake has not started: use it as `with MockCustify() as custify:`")
        return call_control(app.app, method, path, api_key, body)


class ServedFake:
    """A fake on a socket, in a thread; it answers as soon as it is made."""

    def __init__(self, store: Store, host: str, port: int) -> None:
        self.app = create_app(store)
        try:
            self.thread = ServerThread(self.app, host, port)
        except OSError as error:
            raise OSError(error.errno, with_advice(error, "use port=0")) from error

    @property
    def url(self) -> str:
        """Return the URL of the socket."""
        return self.thread.url

    def turned_away(self) -> list[str]:
        """Return the newest calls that reached no workspace."""
        return list(self.app.store.arrivals.turned_away)

    def elsewhere(self, api_key: str) -> tuple[int, int]:
        """Return how many calls and messages came for other keys than this one."""
        return self.app.store.elsewhere(api_key)

    def __repr__(self) -> str:
        """Return the URL and whether it is answered."""
        return f"{'answers' if self.thread.thread.is_alive() else 'has stopped at'} {self.url}"

    def start(self) -> None:
        """Do nothing: the fake answers already."""

    def stop(self) -> None:
        """Close the socket, and give up the messages that wait for another attempt."""
        self.thread.stop()
        self.app.data_plane.close(0)

    def control(self, method: str, path: str, api_key: str, body: bytes) -> bytes:
        """Return the answer of a control call, without using the socket."""
        return call_control(self.app, method, path, api_key, body)


def call_control(app: MockCustifyApp, method: str, path: str, api_key: str, body: bytes) -> bytes:
    """Return the answer of an application to a control call; raise ControlError when it is refused."""
    headers = [("Authorization", f"Bearer {api_key}"), ("Content-Type", "application/json")]
    response = InterceptedApp(app, ("http://fake",)).call(method, f"http://fake{path}", headers, body)
    if response.status not in OK:
        raise ControlError(f"{method} {path}: {response.body.decode('utf-8', 'replace')}")
    return response.body
