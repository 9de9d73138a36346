"""What counts as a value in the profile `documented`: scalars, ids as text, switches.

Source: documentation page where it mentions ids; otherwise docs/decisions.md.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import number_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custify_transformer.mapping import Paths, Payload, Places

SCALARS: Final[frozenset[type]] = frozenset({str, int, float, bool})
INFINITIES: Final = frozenset({math.inf, -math.inf})  # the value of 1e400 in JSON
NO_VALUES: Final = INFINITIES | {""}


def find_scalar(paths: Paths, places: Places) -> Any:
    """Return the first text, number or boolean. "" is no value, 0 and false are."""
    for place, key in paths:
        value = places[place].get(key)
        if value.__class__ in SCALARS and value not in NO_VALUES:
            return value
    return None


def find_id(paths: Paths, places: Places) -> str | None:
    """Return the first id, as text."""
    for place, key in paths:
        found = as_id(places[place].get(key))
        if found is not None:
            return found
    return None


def find_text(paths: Paths, places: Places) -> str | None:
    """Return the first text that is not blank."""
    for place, key in paths:
        value = places[place].get(key)
        if value.__class__ is str and value and not value.isspace():
            return str(value)
    return None


def find_unmapped(traits: Mapping[str, Any], mapped: frozenset[str]) -> Payload:
    """Return the scalars of `traits` whose names are not in `mapped`. "" is kept."""
    return {
        k: v for k, v in traits.items() if v.__class__ in SCALARS and k not in mapped and v not in INFINITIES
    }


def as_id(value: Any) -> str | None:
    """Return `value` as an id: text that is not blank, or a number as text; None for anything else."""
    if value.__class__ is str:
        return value if value and not value.isspace() else None
    if value.__class__ in (int, float) and value not in NO_VALUES:
        return number_text(value)
    return None


def is_on(value: Any) -> bool:
    """Return whether a switch is on: true or "true"."""
    return value is True or value == "true"
