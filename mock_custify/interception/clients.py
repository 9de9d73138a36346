"""Every HTTP client that is installed, led to the fake at once."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.interception.target import Target

# The client, and the module here that knows its inside; a client that is not installed is never imported.
CLIENTS: Final = {
    "requests": "mock_custify.interception.by_requests",
    "httpx": "mock_custify.interception.by_httpx",
    "aiohttp": "mock_custify.interception.by_aiohttp",
}


@contextmanager
def intercepted(target: Target) -> Iterator[None]:
    """Lead the calls of every installed client to `target` until the end of the block."""
    with ExitStack() as stack:
        for client, module in CLIENTS.items():
            if find_spec(client) is not None:
                stack.enter_context(import_module(module).intercepted(target))
        yield


@contextmanager
def replaced(owner: type, name: str, function: object) -> Iterator[None]:
    """Put `function` in the place of a method of a class until the end of the block."""
    original = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, original)
