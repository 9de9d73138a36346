"""Intercepts every HTTP client that is installed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from mock_custify.testing.interception.patching import STARTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp

__tracebackhide__ = True

# Each client with the module that intercepts it. A client that is not installed is never imported.
CLIENTS: Final = {
    "requests": "mock_custify.testing.interception.intercept_requests",
    "httpx": "mock_custify.testing.interception.intercept_httpx",
    "aiohttp": "mock_custify.testing.interception.intercept_aiohttp",
}
OPEN: Final[list[InterceptedApp]] = []


@contextmanager
def intercept_clients(app: InterceptedApp) -> Iterator[None]:
    """Send the calls of every installed client to `app` until the end of the block."""
    with ExitStack() as stack:
        stack.enter_context(started(app))
        for client, module in CLIENTS.items():
            if find_spec(client) is not None:
                stack.enter_context(import_module(module).intercept(app))
        yield


@contextmanager
def started(app: InterceptedApp) -> Iterator[None]:
    """Prefer `app` in this thread or task until the end of the block."""
    OPEN.append(app)
    STARTED.set((*filter(is_open, STARTED.get()), app))
    try:
        yield
    finally:
        OPEN.remove(app)
        STARTED.set(tuple(filter(is_open, STARTED.get())))


def is_open(app: InterceptedApp) -> bool:
    """Tell whether a fake has not ended yet."""
    return app in OPEN


def newest_of(owner: object) -> InterceptedApp | None:
    """Return the newest open fake that this thread or task started for `owner`, or None."""
    return next((app for app in reversed(STARTED.get()) if app.owner is owner and is_open(app)), None)
