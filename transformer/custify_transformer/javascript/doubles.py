"""Numbers as JavaScript has them: every number is a double. Source: recorded behaviour, sections 2 and 8."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

WHOLE_DIGITS: Final = 21  # JavaScript prints whole numbers below 1e21 without an exponent
SMALL_DIGITS: Final = -6  # and fractions from 1e-6 on
SAFE_INTEGER: Final = 2**53


def number_text(number: float) -> str:
    """Return a number as JavaScript prints it: the shortest text of the double, 1.0 as "1"."""
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
    return sign + place_point(digits, len(digits) + int(shortest.exponent))


def as_double(number: float) -> float:
    """Return the double nearest to `number`; Infinity when the number is too large for a double."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def place_point(digits: str, point: int) -> str:
    """Return `digits` with a decimal point after the first `point` of them, or with an exponent."""
    if len(digits) <= point <= WHOLE_DIGITS:
        return digits.ljust(point, "0")
    if 0 < point <= WHOLE_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if SMALL_DIGITS < point <= 0:
        return f"0.{'0' * -point}{digits}"
    mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
    return f"{mantissa}e{point - 1:+d}"
