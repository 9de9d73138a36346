"""Bytes become choices: what the messages and the cases of the laws are decoded from.

Drawing one block of bytes is the cheapest thing Hypothesis can do, and it shrinks a block byte by byte. A
byte is one choice and picks by size, so a smaller byte is an earlier entry of a pool, and
entry 0 is the simplest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
VALUES = 256


class Choices:
    """Choices read from bytes, one byte each; after the last byte every choice is the simplest one."""

    def __init__(self, data: bytes) -> None:
        self.data = iter(data)

    def number(self, limit: int) -> int:
        """Return a number from 0 to below `limit`."""
        return next(self.data, 0) * limit // VALUES

    def pick(self, pool: Sequence[T]) -> T:
        """Return an entry of `pool`."""
        return pool[next(self.data, 0) * len(pool) // VALUES]

    def maybe(self, pool: Sequence[T]) -> T | None:
        """Return an entry of `pool`, or None in half of the cases."""
        index = next(self.data, 0) * 2 * len(pool) // VALUES - len(pool)
        return pool[index] if index >= 0 else None

    def flag(self) -> bool:
        """Return a truth value."""
        return next(self.data, 0) >= VALUES // 2


def decoded(decode: Callable[[Choices], T], size: int) -> SearchStrategy[T]:
    """Return the strategy that draws `size` bytes and decodes them."""
    return st.binary(min_size=size, max_size=size).map(lambda data: decode(Choices(data)))
