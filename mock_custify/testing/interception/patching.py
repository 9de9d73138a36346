"""Replaces a method of a class for a while."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replace_method(owner: type, name: str, function: object) -> Iterator[None]:
    """Replace a method of a class by `function` until the end of the block."""
    original = getattr(owner, name)
    setattr(owner, name, function)
    try:
        yield
    finally:
        setattr(owner, name, original)
