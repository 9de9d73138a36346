"""Records of a warehouse source (`context.mappedToDestination`): the traits are sent as they are.

Source: recorded behaviour, section 7.
"""

from __future__ import annotations

import re
from typing import Any, Final

from custify_transformer.errors import JavaScriptTypeError
from custify_transformer.javascript import UNDEFINED, as_double, get, is_index, is_truthy, number_text
from custify_transformer.mapping import CONTEXT, Message, Places

IDENTIFIER_TYPE: Final = "context.externalId.0.identifierType"
IDENTIFIER: Final = "context.externalId.0.id"
NUMBER: Final = re.compile(
    r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+", re.ASCII
)
UNSAFE: Final = frozenset({"__proto__", "constructor", "prototype"})
MOST_HOLES: Final = 10_000  # an identifier beyond this many empty items is not written
BASES: Final = {"0x": 16, "0o": 8, "0b": 2}


def is_warehouse_record(places: Places) -> bool:
    """Return whether the message is a warehouse record."""
    return is_truthy(places[CONTEXT].get("mappedToDestination"))


def build_record(message: Message, *traits: Any) -> Any:
    """Return the body of a warehouse record: the first usable one of `traits`, with the external id in it."""
    record = next((value for value in traits if value is not None and value != ""), None)
    if record is None:
        raise JavaScriptTypeError("Cannot read properties of null (reading 'user_id')")
    return write_external_id(record, message)


def write_external_id(record: Any, message: Message) -> Any:
    """Return `record` with the external id at the path that identifierType contains."""
    path = get(message, IDENTIFIER_TYPE)
    if not isinstance(path, str) or not path:
        return record
    identifier = get(message, IDENTIFIER)
    keys = split_path(path)
    if not UNSAFE.isdisjoint(keys):
        return set_member(record, path, identifier)
    return set_value(record, keys, identifier)


def split_path(path: str) -> list[str]:
    """Return the keys of `path`. An unescaped dot separates keys; a path with a "/" is one key."""
    if "/" in path:
        return [path]
    keys = re.findall(r"((?:\\.?|[^.\\])*)(?:\.|$)", path)
    return [normalize_key(re.sub(r"\\(.?)", r"\1", key)) for key in keys[:-1]]


def normalize_key(key: str) -> str:
    """Return `key` as JavaScript writes it: a text that is a whole number becomes that number."""
    number = read_whole_number(key)
    return key if number is None else number_text(number)


def read_whole_number(key: str) -> float | None:
    """Return the value of JavaScript's `Number(key)` if it is a whole number, else None."""
    bare = key.strip()
    if not NUMBER.fullmatch(bare):
        return None
    base = BASES.get(bare[:2].lower())
    number = as_double(int(bare, base)) if base else float(bare)
    return number if number.is_integer() else None


def set_value(container: Any, keys: list[str], value: Any) -> Any:
    """Return a copy of `container` with `value` at `keys`. Scalars on the way become containers."""
    if container.__class__ not in (dict, list):
        return container
    key, *rest = keys
    if not rest:
        return set_member(container, key, value)
    inner = get_member(container, key)
    if read_whole_number(rest[0]) is not None and not isinstance(inner, list):
        inner = []
    elif inner.__class__ not in (dict, list):
        inner = {}
    return set_member(container, key, set_value(inner, rest, value))


def get_member(container: dict[str, Any] | list[Any], key: str) -> Any:
    """Return the member `key` of `container`, else UNDEFINED."""
    if isinstance(container, dict):
        return container.get(key, UNDEFINED)
    return container[int(key)] if is_index(key) and int(key) < len(container) else UNDEFINED


def set_member(container: Any, key: str, value: Any) -> Any:
    """Return a copy of `container` with `value` at `key`. UNDEFINED removes the key."""
    if isinstance(container, dict):
        members = {**container, key: value}
        return {name: item for name, item in members.items() if item is not UNDEFINED}
    if not isinstance(container, list) or not is_index(key) or int(key) > len(container) + MOST_HOLES:
        return container
    at = int(key)
    if value is UNDEFINED:
        return [None if place == at else item for place, item in enumerate(container)]
    items = [*container, *[None] * (at + 1 - len(container))]
    items[at] = value
    return items
