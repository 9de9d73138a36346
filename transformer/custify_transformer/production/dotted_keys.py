"""Keys that contain dots: a key "traits.email" is read instead of the path. Source: section 2, `get`."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import UNDEFINED, get
from custify_transformer.mapping import CONTEXT, PLACES, Message, Places, get_places, list_paths
from custify_transformer.production.tables import COMPANY, EVENT, MEMBER, NAME_PARTS, PERSON

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL_PATHS: Final = (*list_paths(PERSON, MEMBER, EVENT, COMPANY, NAME_PARTS), "context.mappedToDestination")


def find_dotted_keys(paths: Iterable[str]) -> frozenset[str]:
    """Return every key with dots that changes what one of `paths` leads to."""
    found = set()
    for path in paths:
        segments = path.split(".")
        cuts = combinations(range(len(segments) + 1), 2)
        found |= {".".join(segments[start:end]) for start, end in cuts if end - start > 1}
    return frozenset(found)


DOTTED_KEYS: Final = find_dotted_keys(ALL_PATHS)


def find_places(message: Message) -> Places:
    """Return the objects of `message` that the tables read from, with dotted keys taken into account."""
    places = get_places(message)
    if DOTTED_KEYS.isdisjoint(message) and DOTTED_KEYS.isdisjoint(places[CONTEXT]):
        return places
    return look_up_places(message)


def look_up_places(message: Message) -> Places:
    """Return the same objects for a message with dotted keys: every path is looked up by `get`."""
    places: list[dict[str, Any]] = [{} for _ in PLACES]
    for path in ALL_PATHS:
        value = get(message, path)
        if value is not UNDEFINED:
            place, _, key = path.rpartition(".")
            places[PLACES.index(place)][key] = value
    return (message, *places[1:])
