"""Field tables compiled once, the places of a message, and `build`, the only reader of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any, Final, TypeAlias

from custify_transformer.javascript import UNDEFINED, get

Message: TypeAlias = dict[str, Any]
Payload: TypeAlias = dict[str, Any]
Table: TypeAlias = Mapping[str, tuple[str, ...]]
Places: TypeAlias = tuple[Mapping[str, Any], ...]
Paths: TypeAlias = tuple[tuple[int, str], ...]
Reader: TypeAlias = Callable[[Paths, Places], Any]
Rows: TypeAlias = tuple[tuple[str, Paths, Reader], ...]

# The objects of a message that the tables read from, in the order of `Places`.
PLACES: Final = ("", "traits", "context", "context.traits", "properties")
MESSAGE, TRAITS, CONTEXT, CONTEXT_TRAITS, PROPERTIES = range(len(PLACES))
NOWHERE: Final[Mapping[str, Any]] = {}


def compile_paths(paths: Iterable[str]) -> Paths:
    """Return each path as (place, key), so that reading it is one look-up."""
    parts = (path.rpartition(".") for path in paths)
    return tuple((PLACES.index(place), key) for place, _, key in parts)


def compile_table(table: Table, reader: Reader, readers: Mapping[str, Reader] | None = None) -> Rows:
    """Return the rows of `table`, each with the reader that chooses its value: its own, or `reader`."""
    own = readers or {}
    return tuple((name, compile_paths(paths), own.get(name, reader)) for name, paths in table.items())


def build(rows: Rows, places: Places) -> Payload:
    """Return the fields of `rows` that the message can fill; a reader answers None for nothing."""
    payload = {}
    for name, paths, read in rows:
        value = read(paths, places)
        if value is not None:
            payload[name] = value
    return payload


def places_of(message: Message) -> Places:
    """Return the objects of `message` that the tables read from; what is no object holds nothing."""
    get_part = message.get
    context = get_part("context")
    traits = get_part("traits")
    properties = get_part("properties")
    if context.__class__ is not dict:
        context = NOWHERE
    context_traits = context.get("traits")
    return (
        message,
        traits if traits.__class__ is dict else NOWHERE,
        context,
        context_traits if context_traits.__class__ is dict else NOWHERE,
        properties if properties.__class__ is dict else NOWHERE,
    )


def literal_keys(paths: Iterable[str]) -> frozenset[str]:
    """Return every key with dots in it that would change what one of `paths` leads to."""
    found = set()
    for path in paths:
        segments = path.split(".")
        cuts = combinations(range(len(segments) + 1), 2)
        found |= {".".join(segments[start:end]) for start, end in cuts if end - start > 1}
    return frozenset(found)


def literal_places_of(message: Message, paths: Iterable[str]) -> Places:
    """Return the places of a message with dotted keys: each of `paths` looked up by `get`, the slow way."""
    places: list[dict[str, Any]] = [{} for _ in PLACES]
    for path in paths:
        value = get(message, path)
        if value is not UNDEFINED:
            place, _, key = path.rpartition(".")
            places[PLACES.index(place)][key] = value
    return (message, *places[1:])
