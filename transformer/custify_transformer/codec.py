"""JSON read and printed as JavaScript does it: numbers are doubles, integer-like keys come first.

`decode` keeps numbers as they were written; `encode`, like `javascript.text`, prints them as doubles.
Source: recorded behaviour, section 8, "Numbers are doubles".
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

from custify_transformer.javascript import SAFE_INTEGER, as_double, is_index, number_text

LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
LARGEST_INDEX: Final = 2**32 - 2
PLAIN_FLOATS: Final = (1e-4, 1e15)  # magnitudes that both languages print alike, whole numbers apart
DECODER: Final = msgspec.json.Decoder()
ENCODER: Final = msgspec.json.Encoder()
TOO_DEEP: Final = "nested too deeply"


class NotJsonError(ValueError):
    """A text is not JSON, or a value cannot be printed as JSON; the text says why."""


def decode(line: bytes | str) -> Any:
    """Return the JSON value that `line` spells.

    Lone surrogates survive, 1e400 is Infinity, of a key given twice the last value counts in the first place.
    Raises NotJsonError, also for NaN, Infinity, bad UTF-8 and what is nested too deeply.
    """
    try:
        return DECODER.decode(line)
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None
    except (ValueError, UnicodeError):
        return decode_exactly(line)


def decode_exactly(line: bytes | str) -> Any:
    """Return what `line` spells, by the slower reader that knows lone surrogates and huge numbers."""
    try:
        source = line if isinstance(line, str) else line.decode("utf-8")
        return json.loads(source, parse_constant=refuse_constant, parse_int=whole_number)
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None
    except UnicodeDecodeError as error:
        raise NotJsonError(f"not UTF-8 (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise NotJsonError(f"{error.msg} (character {error.pos + 1})") from None
    except ValueError as error:
        raise NotJsonError(str(error)) from None


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not know."""
    raise NotJsonError(f"{name} is not JSON")


def whole_number(digits: str) -> float:
    """Return a whole number, as a double when it has more digits than a double can hold."""
    return float(digits) if len(digits) > len(str(SAFE_INTEGER)) else int(digits)


def encode(value: Any) -> bytes:
    """Return `value` as JavaScript's JSON.stringify prints it, in UTF-8.

    Infinity becomes null and lone surrogates become escapes. Raises NotJsonError for what is nested too
    deeply or is no JSON value.
    """
    try:
        if is_plain(value):
            return ENCODER.encode(value)
    except UnicodeEncodeError:
        pass
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None
    try:
        return exact(value).encode()
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None


def is_plain(value: Any) -> bool:
    """Return whether Python prints every part of `value` as JavaScript does."""
    kind = value.__class__
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        return bool(-SAFE_INTEGER <= value <= SAFE_INTEGER)
    if kind is dict:
        return (not value or min(value) >= ":") and all(map(is_plain, value.values()))
    if kind is list:
        return all(map(is_plain, value))
    return kind is float and PLAIN_FLOATS[0] <= abs(value) < PLAIN_FLOATS[1] and not value.is_integer()


def exact(value: Any) -> str:
    """Return `value` as JavaScript prints it, part by part."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub(escaped, json.dumps(value, ensure_ascii=False))
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return exact_number(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{exact(name)}:{exact(part)}" for name, part in ordered(value)) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(exact, value)) + "]"
    raise NotJsonError(f"{type(value).__name__} is not a JSON value")


def escaped(match: re.Match[str]) -> str:
    """Return the escape of one lone surrogate."""
    return f"\\u{ord(match[0]):04x}"


def exact_number(number: float) -> str:
    """Return a number as JSON.stringify prints it: null for Infinity and NaN."""
    printed = number_text(number)
    return "null" if printed[-1] in "yN" else printed


def ordered(members: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the members in JavaScript's order: integer-like keys ascending, then the rest as written."""
    indexed = [name for name in members if is_index(name) and int(name) <= LARGEST_INDEX]
    rest = [name for name in members if name not in set(indexed)] if indexed else list(members)
    return [(name, members[name]) for name in (*sorted(indexed, key=int), *rest)]


__all__ = ["NotJsonError", "as_double", "decode", "encode"]
