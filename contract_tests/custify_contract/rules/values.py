"""What counts as a value, as an id, as a text and as a switch that is on."""

from __future__ import annotations

from decimal import Decimal
from math import isinf
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Read = Callable[[Any], Any]

DERIVED: Final = "(an id that is derived from the message)"
PLAIN_NUMBERS: Final = (Decimal("1e-6"), Decimal("1e21"))  # JavaScript prints these without an exponent


def scalar(value: Any) -> Any:
    """Return a text that is not empty, a finite number or a boolean; None for anything else."""
    return None if value == "" else attribute(value)


def attribute(value: Any) -> Any:
    """Return a text, also an empty one, a finite number or a boolean; None for anything else."""
    if isinstance(value, (str, bool)):
        return value
    return value if isinstance(value, (int, float)) and not isinf(value) else None


def name(value: Any) -> str | None:
    """Return a text that is not blank; None for anything else."""
    return value if isinstance(value, str) and value.strip() else None


def identifier(value: Any) -> str | None:
    """Return an id as text: a text that is not blank, or a finite number; None for anything else."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and not isinf(value)
    return number_text(value) if is_number else name(value)


def number_text(value: float) -> str:
    """Return a number as JavaScript prints it: 77.0 is 77, 1e21 is 1e+21, and 2**53 + 1 loses a digit."""
    smallest, largest = PLAIN_NUMBERS
    exact = Decimal(repr(float(value))).normalize()
    if not exact or smallest <= abs(exact) < largest:
        return f"{exact:f}" if exact else "0"
    sign, digits, exponent = exact.as_tuple()
    mantissa = f"{digits[0]}.{''.join(map(str, digits[1:]))}".rstrip(".")
    return f"{'-' if sign else ''}{mantissa}e{int(exponent) + len(digits) - 1:+d}"


def is_on(value: Any) -> bool:
    """Return whether a switch is on: true, or the text "true"."""
    return value is True or value == "true"


def as_object(value: Any) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def at(message: Any, path: str) -> Any:
    """Return the value at a dotted path, None if there is none."""
    for part in path.split("."):
        if not isinstance(message, dict):
            return None
        message = message.get(part)
    return message


def first(message: Any, paths: Iterable[str], read: Read) -> Any:
    """Return the first value that `read` finds at one of the paths."""
    for path in paths:
        if (found := read(at(message, path))) is not None:
            return found
    return None
