"""Look up a dotted path in a JSON value, as RudderStack's transformer does.

Source: recorded behaviour, section 2, `get`.
"""

from __future__ import annotations

from typing import Any, Final

from custify_transformer.javascript.values import FUNCTION, UNDEFINED

# Every JavaScript object has these members, although no JSON text contains them.
INHERITED: Final = frozenset(
    {
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
    }
)


def get(value: Any, path: str) -> Any:
    """Return the value at `path` in `value`, else UNDEFINED.

    A key equal to the whole path wins. Otherwise the path is followed segment by segment; a missing segment
    is joined with the next ones until a key matches. There is no backtracking.
    """
    if value.__class__ not in (dict, list):
        return value
    whole = read_member(value, path)
    if whole is not UNDEFINED:
        return whole
    return walk(value, path.split("."))


def walk(value: Any, segments: list[str]) -> Any:
    """Return the value at the path `segments` in the container `value`, else UNDEFINED."""
    at = 0
    while at < len(segments):
        if value.__class__ not in (dict, list):
            return UNDEFINED
        name = segments[at]
        while name.endswith("\\"):
            at += 1
            name = f"{name[:-1]}.{segments[at] if at < len(segments) else ''}"
        if at >= len(segments):
            return UNDEFINED
        found = read_member(value, name)
        while found is UNDEFINED and at + 1 < len(segments):
            at += 1
            name = f"{name}.{segments[at]}"
            found = read_member(value, name)
        if found is UNDEFINED:
            return UNDEFINED
        value, at = found, at + 1
    return value


def read_member(container: dict[str, Any] | list[Any], name: str) -> Any:
    """Return the member `name` of an object or a list, own or inherited, else UNDEFINED."""
    if isinstance(container, dict):
        if name in container:
            return container[name]
    elif name == "length":
        return len(container)
    elif is_index(name) and int(name) < len(container):
        return container[int(name)]
    if name == "__proto__":
        return {}
    return FUNCTION if name in INHERITED else UNDEFINED


def is_index(name: str) -> bool:
    """Return whether `name` is a list index in canonical form: "10", not "010" or "-1"."""
    return (
        name.isascii()
        and name.isdigit()
        and (name == "0" or name[0] != "0")
        and len(name) <= len("4294967294")
    )
