"""Connections of urllib3 whose other end is the fake."""

from __future__ import annotations

from copy import copy
from functools import partial
from io import BytesIO
from time import sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection

from mock_custify.testing.interception.wire import WireRequest, response_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3 import Retry

    from mock_custify.testing.interception.intercepted_app import InterceptedApp


__tracebackhide__ = True


class FakePool(HTTPConnectionPool):
    """Connections to the fake for one call; each is used once."""

    def __init__(self, app: InterceptedApp, url: str) -> None:
        parts = urlsplit(url)
        super().__init__(str(parts.hostname), parts.port)
        self.app = app
        self.ConnectionCls = partial(FakeConnection, app, url)  # type: ignore[assignment] # only called

    def urlopen(  # type: ignore[override] # the rest is passed on
        self,
        method: str,
        url: str,
        body: Any = None,
        headers: Any = None,
        retries: Retry | None = None,
        *rest: Any,
        **options: Any,
    ) -> Any:
        """Return the response to a call. Waits between attempts are those of the workspace's clock."""
        if retries is not None and not hasattr(retries, "wait"):
            key = str(dict(headers or {}).get("Authorization", ""))
            retries = waiting(retries, partial(self.app.wait, key))
        return super().urlopen(method, url, body, headers, retries, *rest, **options)

    def _get_conn(self, timeout: float | None = None) -> Any:  # noqa: ARG002 - urllib3's signature
        """Return a new connection."""
        return self._new_conn()

    def _put_conn(self, conn: Any) -> None:
        """Close a connection that is no longer needed."""
        if conn is not None:
            conn.close()


def waiting(retries: Retry, wait: Callable[[float], None]) -> Retry:
    """Return the same rules for retries with another way to wait."""

    def sleep_for_retry(rules: Any, response: Any) -> bool:
        seconds = rules.get_retry_after(response)
        if seconds:
            wait(seconds)
        return bool(seconds)

    def sleep_backoff(rules: Any) -> None:
        wait(rules.get_backoff_time())

    ways = {"wait": wait, "sleep_for_retry": sleep_for_retry, "_sleep_backoff": sleep_backoff}
    changed = copy(retries)
    changed.__class__ = type(type(retries).__name__, (type(retries),), ways)
    return changed


class FakeConnection(HTTPConnection):
    """A connection to the fake."""

    def __init__(self, app: InterceptedApp, url: str, **options: Any) -> None:
        super().__init__(**options)
        self.app = app
        self.url = url

    def _new_conn(self) -> Any:
        """Return the fake in the place of a socket."""
        return FakeSocket(WireRequest(self.app, self.url))


class FakeSocket:
    """A socket whose other end is the fake: what is written is a request, what is read its response."""

    def __init__(self, request: WireRequest) -> None:
        self.request = request
        self.timeout: Any = None

    def settimeout(self, timeout: Any) -> None:
        """Set how many seconds a read waits."""
        self.timeout = timeout

    def sendall(self, data: Any) -> None:
        """Send a part of the request."""
        self.request.feed(bytes(data))

    def makefile(self, *_args: Any, **_kwargs: Any) -> BytesIO:
        """Return the response after its delay; raise TimeoutError at once when the delay is too long."""
        response = self.request.response
        if response is None:
            raise TimeoutError("the request is incomplete, so there is no answer")
        if isinstance(self.timeout, int | float) and response.delay > self.timeout:
            raise TimeoutError("timed out")
        sleep(response.delay)
        return BytesIO(response_bytes(response))

    def shutdown(self, _how: int) -> None:
        """Do nothing: there is nothing on the way."""

    def close(self) -> None:
        """Do nothing: there is nothing to give back."""
