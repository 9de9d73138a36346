"""Replaces methods of HTTP clients while fakes are open, in whatever order these start and stop."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mock_custify.testing.interception.intercepted_app import InterceptedApp

__tracebackhide__ = True

# The fakes that this thread or task started, oldest first; some may have ended.
STARTED: Final[ContextVar[tuple[InterceptedApp, ...]]] = ContextVar("mock_custify.started", default=())
PATCHES: Final[dict[tuple[type, str], list[Patch]]] = {}
LOCK: Final = Lock()


class Patch:
    """A function in the place of the method `name`, for the open `fakes`; `previous` was there before.

    Fakes share a patch. One that starts after another library has replaced the method gets a patch above it.
    A patch that is left below such a replacement passes every call on.
    """

    def __init__(self, owner: type, name: str, make: Callable[[Patch], Any]) -> None:
        self.fakes: tuple[InterceptedApp, ...] = ()
        self.previous: Any = vars(owner)[name]
        self.function = make(self)

    def find(self, url: str) -> InterceptedApp | None:
        """Return the fake that answers or refuses a call to `url`, None when the call goes on to `previous`.

        The newest fake of this thread or task is asked first. Those that others started are asked only for
        what they own, unless this thread or task has none: it may be a thread that the test has started.
        """
        own = [fake for fake in STARTED.get() if fake in self.fakes]
        for fake in reversed(own or self.fakes):
            if fake.owns(url) or not fake.lets_through(url):
                return fake
        return next((fake for fake in reversed(self.fakes) if fake.owns(url)), None)


@contextmanager
def replace_method(
    owner: type, name: str, make: Callable[[Patch], Any], fake: InterceptedApp
) -> Iterator[None]:
    """Replace a method by what `make` returns until the end of the block, for `fake`."""
    with LOCK:
        patches = PATCHES.setdefault((owner, name), [])
        if not patches or vars(owner)[name] is not patches[-1].function:
            patches.append(Patch(owner, name, make))
            setattr(owner, name, patches[-1].function)
        patches[-1].fakes += (fake,)
    try:
        yield
    finally:
        with LOCK:
            remove(owner, name, fake)


def remove(owner: type, name: str, fake: InterceptedApp) -> None:
    """Take a fake out of its patch, and undo the patches on top that have no fake left."""
    patches = PATCHES[owner, name]
    for patch in patches:
        patch.fakes = tuple(other for other in patch.fakes if other is not fake)
    while patches and not patches[-1].fakes and vars(owner)[name] is patches[-1].function:
        setattr(owner, name, patches.pop().previous)
