"""JavaScript's notions of truth, of text and of a path, as RudderStack's own transformer knows them.

A JSON value is a Python value as `codec.decode` gives it; `UNDEFINED` is what is not there at all.
Source: recorded behaviour, section 2.
"""

from __future__ import annotations

import math
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


class Nothing(Enum):
    """The type of the values that JSON does not have; neither is ever printed."""

    UNDEFINED = "undefined"
    FUNCTION = "function"


UNDEFINED: Final = Nothing.UNDEFINED
FUNCTION: Final = Nothing.FUNCTION

# Names that every JavaScript object answers to, although nobody put them there.
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
WHOLE_DIGITS: Final = 21  # JavaScript prints whole numbers below 1e21 without an exponent
SMALL_DIGITS: Final = -6  # and fractions from 1e-6 on
SAFE_INTEGER: Final = 2**53


def is_truthy(value: Any) -> bool:
    """Return whether JavaScript takes `value` for true: all but missing, null, false, 0 and ""."""
    if value.__class__ in (dict, list):
        return True
    return bool(value) and value is not UNDEFINED


def text(value: Any) -> str:
    """Return JavaScript's `String(value)`: lists are joined by commas, objects all print alike."""
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
    """Yield what is in a list and in the lists inside it, in order; an empty list stands for itself."""
    waiting: list[Any] = [items]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list) and item:
            waiting.extend(reversed(item))
        else:
            yield item


def number_text(number: float) -> str:
    """Return a number as JavaScript prints it: a double in its shortest form, 1.0 as "1"."""
    if isinstance(number, int) and -SAFE_INTEGER <= number <= SAFE_INTEGER:
        return str(number)
    double = as_double(number)
    if not math.isfinite(double):
        return "NaN" if math.isnan(double) else "Infinity" if double > 0 else "-Infinity"
    if not double:
        return "0"
    sign = "-" if double < 0 else ""
    shortest = Decimal(repr(abs(double))).normalize().as_tuple()
    digits = "".join(map(str, shortest.digits))
    return sign + point_placed(digits, len(digits) + int(shortest.exponent))


def as_double(number: float) -> float:
    """Return the double nearest to `number`, Infinity for what is too large."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def point_placed(digits: str, point: int) -> str:
    """Return `digits` with the decimal point after the first `point` of them, or with an exponent."""
    if len(digits) <= point <= WHOLE_DIGITS:
        return digits.ljust(point, "0")
    if 0 < point <= WHOLE_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if SMALL_DIGITS < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"


def get(value: Any, path: str) -> Any:
    """Return what `path` names inside `value`, else UNDEFINED.

    The whole path as one key wins; else it is walked segment by segment, and a segment that is not there is
    joined with the following ones until a key is found. No way is tried twice.
    """
    if value.__class__ not in (dict, list):
        return value
    whole = member(value, path)
    if whole is not UNDEFINED:
        return whole
    return walk(value, path.split("."))


def walk(value: Any, segments: list[str]) -> Any:
    """Return what `segments` lead to from the container `value`, else UNDEFINED."""
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
        found = member(value, name)
        while found is UNDEFINED and at + 1 < len(segments):
            at += 1
            name = f"{name}.{segments[at]}"
            found = member(value, name)
        if found is UNDEFINED:
            return UNDEFINED
        value, at = found, at + 1
    return value


def member(container: dict[str, Any] | list[Any], name: str) -> Any:
    """Return the member `name` of one object or list, inherited ones included, else UNDEFINED."""
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
    """Return whether `name` is a list index in its one canonical spelling: "10", not "010" nor "-1"."""
    return (
        name.isascii()
        and name.isdigit()
        and (name == "0" or name[0] != "0")
        and len(name) <= len("4294967294")
    )
