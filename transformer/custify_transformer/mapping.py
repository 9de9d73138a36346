"""The only reader of the field tables: compile a table once, then fill a payload from each message.

A table maps each Custify field to message paths; the first path with a value wins. A compiled path is the
index of an object in `Places` and a key in that object, so reading a path is one look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

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
EMPTY: Final[Mapping[str, Any]] = {}


def compile_paths(paths: Iterable[str]) -> Paths:
    """Return each path as (index of its object in `Places`, key)."""
    parts = (path.rpartition(".") for path in paths)
    return tuple((PLACES.index(place), key) for place, _, key in parts)


def compile_table(table: Table, reader: Reader, readers: Mapping[str, Reader] | None = None) -> Rows:
    """Return the compiled rows of `table`. `readers` overrides `reader` for single fields."""
    own = readers or {}
    return tuple((field, compile_paths(paths), own.get(field, reader)) for field, paths in table.items())


def find_mapped_names(table: Table, place: str) -> frozenset[str]:
    """Return the keys of the object `place` that a row of `table` reads."""
    parts = (path.rpartition(".") for path in list_paths(table))
    return frozenset(name for where, _, name in parts if where == place)


def list_paths(*tables: Table) -> tuple[str, ...]:
    """Return the paths of all rows."""
    return tuple(path for table in tables for paths in table.values() for path in paths)


def build(rows: Rows, places: Places) -> Payload:
    """Return the fields of `rows` that have a value in the message; a reader returns None for no value."""
    payload = {}
    for field, paths, read in rows:
        value = read(paths, places)
        if value is not None:
            payload[field] = value
    return payload


def get_places(message: Message) -> Places:
    """Return the objects of `message` that the tables read from; a missing one is empty."""
    get_part = message.get
    context = get_part("context")
    traits = get_part("traits")
    properties = get_part("properties")
    if context.__class__ is not dict:
        context = EMPTY
    context_traits = context.get("traits")
    return (
        message,
        traits if traits.__class__ is dict else EMPTY,
        context,
        context_traits if context_traits.__class__ is dict else EMPTY,
        properties if properties.__class__ is dict else EMPTY,
    )
