"""Sends the calls of `requests` to the fake.

`requests` works as usual, down to the connection of urllib3, whose other end is the fake. So retries,
timeouts, streams and redirects are those of a socket.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from requests import ConnectionError as RequestsConnectionError
from requests.adapters import HTTPAdapter

from mock_custify.testing.interception.fake_pool import FakePool
from mock_custify.testing.interception.patching import replace_method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from requests import PreparedRequest, Response

    from mock_custify.testing.interception.intercepted_app import InterceptedApp
    from mock_custify.testing.interception.patching import Patch

__tracebackhide__ = True

CONNECT: Final = "get_connection_with_tls_context"
# What `requests` itself does. An active mock of `responses` has replaced it, but remembers it.
SEND: Final[Any] = getattr(sys.modules.get("responses"), "_real_send", HTTPAdapter.send)


@contextmanager
def intercept(app: InterceptedApp) -> Iterator[None]:
    """Send the calls to `app` until the end of the block.

    `send` goes around a mock of `responses` that was there before. The connection catches what such a mock
    passes through to the network.
    """
    with (
        replace_method(HTTPAdapter, CONNECT, connect_of, app),
        replace_method(HTTPAdapter, "send", send_of, app),
    ):
        yield


def send_of(patch: Patch) -> Any:
    """Return the replacement for `HTTPAdapter.send`."""

    def send(adapter: HTTPAdapter, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        app = patch.find(str(request.url))
        if app is None:
            passed_on: Response = patch.previous(adapter, request, *args, **kwargs)
            return passed_on
        stand_in = object.__new__(type(adapter))  # the adapter with another way to connect
        stand_in.__dict__ = {**adapter.__dict__, CONNECT: partial(connect, app)}
        response: Response = SEND(stand_in, request, *args, **kwargs)
        response.connection = adapter
        return response

    return send


def connect_of(patch: Patch) -> Any:
    """Return the replacement for `HTTPAdapter.get_connection_with_tls_context`."""

    def get_connection(adapter: HTTPAdapter, request: PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        app = patch.find(str(request.url))
        return connect(app, request) if app else patch.previous(adapter, request, *args, **kwargs)

    return get_connection


def connect(app: InterceptedApp, request: PreparedRequest, *_args: Any, **_kwargs: Any) -> FakePool:
    """Return connections to the fake; raise what `requests` raises when the host is not its own."""
    url = str(request.url)
    if not app.owns(url):
        raise RequestsConnectionError(app.refusal(str(request.method), url), request=request)
    return FakePool(app, url)
