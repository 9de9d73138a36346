"""Waits for an event itself, in place of a time in which it should have happened."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")


def wait_until(look: Callable[[], Found], seconds: int = 60) -> Found:
    """Return what `look` finds as soon as it is true; raise AssertionError if that takes far too long."""
    for _ in range(seconds * 100):
        if found := look():
            return found
        sleep(0.01)
    raise AssertionError(f"what the test waits for did not happen within {seconds} seconds")
