"""Which messages have come before, for a workspace that drops repeated ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from mock_custify.values import shifted

if TYPE_CHECKING:
    from datetime import datetime

WINDOW: Final = timedelta(hours=1)  # Source: data plane, processor, "Dedup"


class SeenMessages:
    """The keys of messages seen within the window; the first of a key is the one that counts."""

    def __init__(self) -> None:
        self.moments: dict[str, datetime] = {}

    def repeats(self, key: str, now: datetime) -> bool:
        """Tell whether `key` came within the window before `now`, and remember it when it did not."""
        self.forget(shifted(now, -WINDOW))
        if key in self.moments:
            return True
        self.moments[key] = now
        return False

    def forget(self, before: datetime) -> None:
        """Forget what came before a moment; keys stand in the order they came."""
        while self.moments and (oldest := next(iter(self.moments))) and self.moments[oldest] < before:
            del self.moments[oldest]

    def clear(self) -> None:
        """Forget everything."""
        self.moments.clear()
