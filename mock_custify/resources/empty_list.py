"""The default of a list that answers show even when it is empty."""

from __future__ import annotations

from typing import Any, Final

from msgspec import field

# A type with `omit_defaults` leaves out fields that have their default, and a plain () as well.
EMPTY_LIST: Final[Any] = field(default_factory=lambda: ())
