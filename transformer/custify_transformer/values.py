"""What counts as a value in the profile `documented`: scalars, ids as text, switches.

Source: documentation page where it speaks of ids; the rest is settled in the project's decisions.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import number_text

if TYPE_CHECKING:
    from custify_transformer.mapping import Paths, Places

SCALARS: Final[frozenset[type]] = frozenset({str, int, float, bool})
INFINITIES: Final = frozenset({math.inf, -math.inf})  # what JSON's 1e400 reads as
NO_VALUES: Final = INFINITIES | {""}


def first_scalar(paths: Paths, places: Places) -> Any:
    """Return the first text, number or boolean; "" is absent, 0 and false are not."""
    for place, key in paths:
        value = places[place].get(key)
        if value.__class__ in SCALARS and value not in NO_VALUES:
            return value
    return None


def first_id(paths: Paths, places: Places) -> str | None:
    """Return the first id as text."""
    for place, key in paths:
        found = as_id(places[place].get(key))
        if found is not None:
            return found
    return None


def as_id(value: Any) -> str | None:
    """Return `value` as an id: text that is not blank, or a number as text; None for anything else."""
    if value.__class__ is str:
        return value if value and not value.isspace() else None
    if value.__class__ in (int, float) and value not in NO_VALUES:
        return number_text(value)
    return None


def first_text(paths: Paths, places: Places) -> str | None:
    """Return the first text that is not blank."""
    for place, key in paths:
        value = places[place].get(key)
        if value.__class__ is str and value and not value.isspace():
            return str(value)
    return None


def is_on(value: Any) -> bool:
    """Return whether a switch is on: true, also spelled as text."""
    return value is True or value == "true"
