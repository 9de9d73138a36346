"""The time and the ids of a workspace: both can be fixed, so that a run repeats exactly."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b

from mock_custify.values import iso


@dataclass(slots=True)
class Clock:
    """The time of a workspace: real, moved by `offset`, or `frozen` at one moment (UTC)."""

    frozen: datetime | None = None
    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """Return the time of the workspace, in UTC."""
        return self.frozen or datetime.now(UTC) + self.offset

    def stamp(self) -> str:
        """Return the time of the workspace as Custify prints it."""
        return iso(self.now()) if self.frozen is None else frozen_text(self.frozen)

    def copy(self) -> Clock:
        """Return a copy that is moved on its own."""
        return replace(self)


frozen_text = lru_cache(maxsize=256)(iso)


@dataclass(slots=True)
class Ids:
    """Internal ids: 24 hex digits like Custify's, the same ones again for the same `seed`."""

    seed: int = 0
    count: int = 0

    def next(self) -> str:
        """Return a fresh id; ids sort in the order they were made."""
        self.count += 1
        return f"{self.prefix}{self.count:012x}"

    @property
    def prefix(self) -> str:
        """Return the part that all ids of the seed share."""
        return prefix_of(self.seed)

    def skip(self, used: str) -> None:
        """Never make the id `used`, which came from elsewhere."""
        with suppress(ValueError):
            self.count = max(self.count, int(used.removeprefix(self.prefix), 16) if self.owns(used) else 0)

    def owns(self, used: str) -> bool:
        """Tell whether `used` is one of the ids of this seed."""
        return used.startswith(self.prefix) and len(used) == len(self.prefix) * 2

    def copy(self) -> Ids:
        """Return a copy that goes on from here."""
        return replace(self)


@lru_cache(maxsize=64)
def prefix_of(seed: int) -> str:
    """Return the first half of the ids of a seed."""
    return blake2b(str(seed).encode(), digest_size=6).hexdigest()
