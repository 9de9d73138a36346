"""What counts as a value in the profile `production`. Source: sections 2 and 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from custify_transformer.mapping import Paths, Places

CONTAINERS: Final[frozenset[type]] = frozenset({dict, list})
NO_ATTRIBUTE: Final[frozenset[type]] = frozenset({dict, list, type(None)})


def find_usable(paths: Paths, places: Places) -> Any:
    """Return the first value that is not missing, null or "", else None. 0 and false end the search."""
    for place, key in paths:
        value = places[place].get(key)
        if value is not None and value != "":
            return value
    return None


def strip(traits: Any, reserved: frozenset[str]) -> Any:
    """Return `traits` without `reserved` names, null, objects and lists. In a list, null replaces them.

    Source: section 5, step 5, and section 6, group, step 3.
    """
    if isinstance(traits, dict):
        return {k: v for k, v in traits.items() if k not in reserved and v.__class__ not in NO_ATTRIBUTE}
    if isinstance(traits, list):
        return [None if item.__class__ in CONTAINERS else item for item in traits]
    return traits
