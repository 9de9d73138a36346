"""Choices that are read from bytes: messages and cases are made of them.

To draw one block of bytes is the cheapest operation of Hypothesis, and Hypothesis shrinks it byte by byte.
Each byte is one choice. A smaller byte is an earlier entry of a pool, so the first entry of each pool has to
be the simplest one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
VALUES: Final = 256  # of a byte


class ByteChoices:
    """Choices read from bytes, one byte each; after the last byte each choice is the simplest one."""

    def __init__(self, data: bytes) -> None:
        self.data = iter(data)

    def number(self, limit: int) -> int:
        """Return a number from 0 to `limit` - 1."""
        return next(self.data, 0) * limit // VALUES

    def pick(self, pool: Sequence[T]) -> T:
        """Return an entry of `pool`."""
        return pool[next(self.data, 0) * len(pool) // VALUES]

    def maybe(self, pool: Sequence[T]) -> T | None:
        """Return None in half of the cases, else an entry of `pool`."""
        index = next(self.data, 0) * 2 * len(pool) // VALUES - len(pool)
        return pool[index] if index >= 0 else None

    def flag(self) -> bool:
        """Return True or False."""
        return next(self.data, 0) >= VALUES // 2


def decoded(decode: Callable[[ByteChoices], T], size: int) -> SearchStrategy[T]:
    """Return the strategy that draws `size` bytes and makes a value of them with `decode`."""
    return st.binary(min_size=size, max_size=size).map(lambda data: decode(ByteChoices(data)))
