"""Intercepts every HTTP client that is installed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp

# Each client with the module that intercepts it. A client that is not installed is never imported.
CLIENTS: Final = {
    "requests": "mock_custify.testing.interception.intercept_requests",
    "httpx": "mock_custify.testing.interception.intercept_httpx",
    "aiohttp": "mock_custify.testing.interception.intercept_aiohttp",
}


@contextmanager
def intercept_clients(app: InterceptedApp) -> Iterator[None]:
    """Send the calls of every installed client to `app` until the end of the block."""
    with ExitStack() as stack:
        for client, module in CLIENTS.items():
            if find_spec(client) is not None:
                stack.enter_context(import_module(module).intercept(app))
        yield
