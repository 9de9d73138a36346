"""Patterns over request paths, as fault rules, journal filters and expectations use them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Annotated, Final

from msgspec import Meta

LONGEST_PATTERN: Final = 1000
WILD: Final = re.compile(r"(\*+|\{\w*\})")
MOST_STEPS: Final = 10_000

PathPattern = Annotated[str, Meta(max_length=LONGEST_PATTERN)]


class PathMatcher:
    """A path pattern: `*` is any text, `{name}` one segment that is not empty, in whole or in part.

    It is an automaton: the bits of a state are the places in the pattern where a match may stand. So the time
    for a path grows with its length alone, whatever the pattern is. Steps are kept for the next path.
    """

    def __init__(self, text: str) -> None:
        self.letters: defaultdict[str, int] = defaultdict(int)
        self.any = self.segment = self.one = 0
        place = 0
        for part in filter(None, WILD.split(text)):
            place = self.add(part, place)
        self.end = 1 << place
        self.skipped = self.any | self.segment
        self.start = self.closed(1)
        self.steps: dict[tuple[int, str], int] = {}

    def add(self, part: str, place: int) -> int:
        """Add a part of the pattern at `place`; return the place behind it."""
        if part[0] == "*":
            self.any |= 1 << place
            return place + 1
        if WILD.fullmatch(part):
            self.one |= 1 << place
            self.segment |= 2 << place
            return place + 2
        for letter in part:
            self.letters[letter] |= 1 << place
            place += 1
        return place

    def matches(self, path: str) -> bool:
        """Tell whether the pattern is that of the whole path."""
        state, steps = self.start, self.steps
        for letter in path:
            following = steps.get((state, letter))
            state = self.step(state, letter) if following is None else following
            if not state:
                return False
        return bool(state & self.end)

    def step(self, state: int, letter: str) -> int:
        """Return the state after one more letter of the path, and keep it."""
        moved = ((state & self.letters.get(letter, 0)) << 1) | (state & self.any)
        if letter != "/":
            moved |= ((state & self.one) << 1) | (state & self.segment)
        if len(self.steps) >= MOST_STEPS:
            self.steps = {}
        self.steps[state, letter] = following = self.closed(moved)
        return following

    def closed(self, state: int) -> int:
        """Return a state with the places behind what may be empty; at most two such parts stand in a row."""
        state |= (state & self.skipped) << 1
        return state | (state & self.skipped) << 1
