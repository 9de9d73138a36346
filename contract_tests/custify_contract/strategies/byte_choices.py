"""Choices that are read from bytes: messages and cases are made of them.

Each byte is one choice. A smaller byte is an earlier entry of a pool, so the first entry of each pool has to
be the simplest one.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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


@dataclass(frozen=True)
class Decoded(Generic[T]):
    """Values that are made of blocks of `size` bytes with `decode`."""

    decode: Callable[[ByteChoices], T]
    size: int

    def value(self, block: bytes) -> T:
        """Return the value of a block."""
        return self.decode(ByteChoices(block))

    def strategy(self) -> SearchStrategy[T]:
        """Return the Hypothesis strategy for these values."""
        from hypothesis import strategies as st  # noqa: PLC0415 - takes long, and the laws do not need it

        return st.binary(min_size=self.size, max_size=self.size).map(self.value)


def decoded(decode: Callable[[ByteChoices], T], size: int) -> Decoded[T]:
    """Return the values that `decode` makes of `size` bytes."""
    return Decoded(decode, size)


def blocks(size: int, count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` blocks of `size` bytes, the same ones for the same arguments.

    Over all blocks the values of each byte are spread evenly, in random order (Latin hypercube sampling). So
    in 100 blocks each of up to 85 entries of a pool is picked, and all of them equally often.
    """
    random = Random(seed)  # noqa: S311 - not a secret
    columns = [spread(random, count) for _ in range(size)]
    yield from map(bytes, zip(*columns, strict=True)) if columns else [b""] * count


def spread(random: Random, count: int) -> list[int]:
    """Return `count` evenly spread values of a byte, in random order; the first one is random, too."""
    start = random.random()
    values = [int((part + start) * VALUES / count) for part in range(count)]
    shuffle(random, values)
    return values


def shuffle(random: Random, values: list[int]) -> None:
    """Shuffle a list as `random.shuffle` does, in half the time."""
    bits = random.getrandbits
    for last in range(len(values) - 1, 0, -1):
        size = (last + 1).bit_length()
        while (place := bits(size)) > last:
            pass
        values[last], values[place] = values[place], values[last]


def shrink(block: bytes, breaks: Callable[[bytes], bool]) -> bytes:
    """Return a block with smaller bytes for which `breaks` is still true; `breaks(block)` is true."""
    smaller = shrink_once(block, breaks)
    while smaller != block:
        block, smaller = smaller, shrink_once(smaller, breaks)
    return block


def shrink_once(block: bytes, breaks: Callable[[bytes], bool]) -> bytes:
    """Return the block after one round: parts of it become zero, then each byte as small as possible."""
    length = len(block)
    while length:
        for start in range(0, len(block), length):
            zeros = bytes(len(block[start : start + length]))
            changed = block[:start] + zeros + block[start + length :]
            if changed != block and breaks(changed):
                block = changed
        length //= 2
    for place in range(len(block)):
        block = lower_byte(block, place, breaks)
    return block


def lower_byte(block: bytes, place: int, breaks: Callable[[bytes], bool]) -> bytes:
    """Return the block with the byte at `place` made smaller by bisection; zero was tried already."""
    low = 0
    while block[place] - low > 1:
        middle = (low + block[place]) // 2
        changed = block[:place] + bytes([middle]) + block[place + 1 :]
        if breaks(changed):
            block = changed
        else:
            low = middle
    return block
