"""Numbers for keys, in 16 bytes for each place of a table instead of the 170 that a dict takes."""

from __future__ import annotations

from array import array
from typing import Final

FIRST_PLACES: Final = 1024
FREE: Final = -1


class Numbering:
    """Gives each hash of a key the next number when it comes first, and the same one again later."""

    def __init__(self) -> None:
        self.count = 0
        self.hashes = array("q", bytes(8 * FIRST_PLACES))
        self.numbers = array("q", [FREE]) * FIRST_PLACES

    def number(self, key: int) -> int:
        """Return the number of a hash."""
        place = self.place(key)
        if self.numbers[place] == FREE:
            if 2 * self.count >= len(self.numbers):
                self.grow()
                place = self.place(key)
            self.hashes[place], self.numbers[place] = key, self.count
            self.count += 1
        return self.numbers[place]

    def place(self, key: int) -> int:
        """Return where a hash stands, or the free place where it would."""
        hashes, numbers, last = self.hashes, self.numbers, len(self.numbers) - 1
        place = key & last
        while numbers[place] != FREE and hashes[place] != key:
            place = (place + 1) & last
        return place

    def grow(self) -> None:
        """Make twice as many places."""
        hashes, numbers, places = self.hashes, self.numbers, 2 * len(self.numbers)
        self.hashes, self.numbers = array("q", bytes(8 * places)), array("q", [FREE]) * places
        for key, number in zip(hashes, numbers, strict=True):
            if number != FREE:
                place = self.place(key)
                self.hashes[place], self.numbers[place] = key, number
