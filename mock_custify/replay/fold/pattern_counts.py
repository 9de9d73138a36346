"""What the messages of one pattern have in common, counted once for all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mock_custify.replay.fold.custify import OPERATIONS
from mock_custify.replay.fold.patterns import MOST_FORMS
from mock_custify.replay.fold.tally import merge_all

if TYPE_CHECKING:
    from mock_custify.replay.fold.entry import Entry
    from mock_custify.replay.fold.patterns import Pattern
    from mock_custify.replay.fold.tally import Seen, Tally


class PatternCounts:
    """How many messages of each pattern were delivered, and the smallest that shows its divergences."""

    def __init__(self) -> None:
        self.delivered: Counter[Pattern] = Counter()
        self.shown: dict[Pattern, Seen] = {}

    def are_many(self) -> bool:
        """Tell whether the patterns are as many as are kept."""
        return max(len(self.delivered), len(self.shown)) >= MOST_FORMS

    def note_shown(self, entry: Entry, pattern: Pattern, size: int) -> None:
        """Note a message of a pattern whose divergences do not depend on the values."""
        if pattern.shown:
            entry.note(self.shown, pattern, size)

    def settle(self, tally: Tally) -> None:
        """Put everything into `tally`, and begin again."""
        for pattern, seen in self.shown.items():
            for name in set().union(*(pattern.shown or {}).values()):
                merge_all(tally.divergences, [(name, replace(seen))])
        for pattern, number in self.delivered.items():
            tally.statuses[pattern.kind, "delivered"] += number
            for endpoint, _, _ in pattern.main.requests:
                tally.calls[OPERATIONS[endpoint].name] += number
        self.shown.clear()
        self.delivered.clear()
