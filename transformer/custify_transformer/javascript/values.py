"""Truth, text and members of a JSON value in JavaScript. Source: recorded behaviour, sections 2 and 6.

A JSON value is a Python value as `codec.decode` returns it. `UNDEFINED` stands for a missing value.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript.doubles import number_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class NotJson(Enum):
    """Values that exist in JavaScript but not in JSON. They are never printed."""

    UNDEFINED = "undefined"
    FUNCTION = "function"


UNDEFINED: Final = NotJson.UNDEFINED
FUNCTION: Final = NotJson.FUNCTION


def is_truthy(value: Any) -> bool:
    """Return whether `value` is truthy: false for missing, null, false, 0 and "", true for [] and {}."""
    if value.__class__ in (dict, list):
        return True
    return bool(value) and value is not UNDEFINED


def text(value: Any) -> str:
    """Return JavaScript's `String(value)`: a list is joined by commas, an object is "[object Object]"."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        return ",".join("" if leaf is None or leaf == [] else text(leaf) for leaf in leaves(value))
    return "undefined" if value is UNDEFINED else "[object Object]"


def leaves(items: list[Any]) -> Iterator[Any]:
    """Yield the items of a list and of the lists inside it, in order; an empty list is yielded itself."""
    pending: list[Any] = [items]
    while pending:
        item = pending.pop()
        if isinstance(item, list) and item:
            pending.extend(reversed(item))
        else:
            yield item


def entries(value: Any) -> Iterable[tuple[str, Any]]:
    """Return JavaScript's `Object.entries(value)`: the UTF-16 units of a text, nothing for other scalars."""
    if value.__class__ is dict:
        members: Iterable[tuple[str, Any]] = value.items()
        return members
    if value.__class__ is str:
        units = value.encode("utf-16-le", "surrogatepass")
        value = [units[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(units), 2)]
    return ((str(at), item) for at, item in enumerate(value)) if value.__class__ is list else ()
