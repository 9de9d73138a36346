"""Records of a warehouse source (`context.mappedToDestination`), which go out as they are; `production` only.

Source: recorded behaviour, section 7.
"""

from __future__ import annotations

import re
from typing import Any, Final

from custify_transformer.javascript import UNDEFINED, as_double, get, is_index, number_text

IDENTIFIER_TYPE: Final = "context.externalId.0.identifierType"
IDENTIFIER: Final = "context.externalId.0.id"
NUMBER: Final = re.compile(
    r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+", re.ASCII
)
UNSAFE: Final = frozenset({"__proto__", "constructor", "prototype"})
MOST_HOLES: Final = 10_000  # a list that an identifier would stretch further is left as it is
BASES: Final = {"0x": 16, "0o": 8, "0b": 2}


def identified(record: Any, message: dict[str, Any]) -> Any:
    """Return `record` with the external id of `message` written at the path that its identifierType names."""
    path = get(message, IDENTIFIER_TYPE)
    if not isinstance(path, str) or not path:
        return record
    identifier = get(message, IDENTIFIER)
    keys = split(path)
    if not UNSAFE.isdisjoint(keys):
        return with_member(record, path, identifier)
    return with_value(record, keys, identifier)


def split(path: str) -> list[str]:
    """Return the keys of `path`: dots part them, a backslash escapes, a slash leaves the path whole."""
    if "/" in path:
        return [path]
    keys = re.findall(r"((?:\\.?|[^.\\])*)(?:\.|$)", path)
    return [key_name(re.sub(r"\\(.?)", r"\1", key)) for key in keys[:-1]]


def key_name(key: str) -> str:
    """Return `key` as JavaScript names it: a text that reads as a whole number is that number."""
    number = whole_number(key)
    return key if number is None else number_text(number)


def whole_number(key: str) -> float | None:
    """Return the whole number that JavaScript's Number() finds in `key`, else None."""
    bare = key.strip()
    if not NUMBER.fullmatch(bare):
        return None
    base = BASES.get(bare[:2].lower())
    number = as_double(int(bare, base)) if base else float(bare)
    return number if number.is_integer() else None


def with_value(holder: Any, keys: list[str], value: Any) -> Any:
    """Return a copy of `holder` with `value` at `keys`; what is in the way becomes an object or a list."""
    if holder.__class__ not in (dict, list):
        return holder
    key, *rest = keys
    if not rest:
        return with_member(holder, key, value)
    inner = get_member(holder, key)
    if whole_number(rest[0]) is not None and not isinstance(inner, list):
        inner = []
    elif inner.__class__ not in (dict, list):
        inner = {}
    return with_member(holder, key, with_value(inner, rest, value))


def get_member(holder: dict[str, Any] | list[Any], key: str) -> Any:
    """Return what `holder` has at `key`, else UNDEFINED."""
    if isinstance(holder, dict):
        return holder.get(key, UNDEFINED)
    return holder[int(key)] if is_index(key) and int(key) < len(holder) else UNDEFINED


def with_member(holder: Any, key: str, value: Any) -> Any:
    """Return a copy of `holder` with `value` at `key`; UNDEFINED takes the key away."""
    if isinstance(holder, dict):
        members = {**holder, key: value}
        return {name: member for name, member in members.items() if member is not UNDEFINED}
    if not isinstance(holder, list) or not is_index(key) or int(key) > len(holder) + MOST_HOLES:
        return holder
    at = int(key)
    if value is UNDEFINED:
        return [None if place == at else item for place, item in enumerate(holder)]
    items = [*holder, *[None] * (at + 1 - len(holder))]
    items[at] = value
    return items
