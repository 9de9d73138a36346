"""Read and print JSON as JavaScript does: numbers are doubles, integer-like keys come first.

`decode` keeps the precision of integers; `encode`, like `text`, prints every number as a double.
Source: recorded behaviour, section 8, "Numbers are doubles".
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

from custify_transformer.javascript.doubles import SAFE_INTEGER, number_text
from custify_transformer.javascript.paths import is_index

LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
LARGEST_INDEX: Final = 2**32 - 2
PLAIN_FLOATS: Final = (1e-4, 1e15)  # Python and JavaScript print fractions in this range alike
DECODER: Final = msgspec.json.Decoder()
ENCODER: Final = msgspec.json.Encoder()
TOO_DEEP: Final = "nested too deeply"
# The texts of Python's parser, in plain words.
WORDS: Final = {
    "Expecting value": "a value is missing",
    "Expecting property name enclosed in double quotes": "a name in double quotes is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting ',' delimiter": "a comma or the end of an array or object is missing",
    "Extra data": "there is more text after the end",
    "Unterminated string starting at": "a string without an end",
    "Invalid control character at": "a control character in a string has to be escaped",
}


class NotJsonError(ValueError):
    """The text is not JSON, or the value cannot be printed as JSON. The message gives the reason."""


def decode(line: bytes | str) -> Any:
    """Return the value of the JSON text `line`.

    Lone surrogates are kept and 1e400 is Infinity. A duplicate key has its first position and last value.
    Raises NotJsonError, also for NaN, Infinity, invalid UTF-8 and too deep nesting.
    """
    try:
        return DECODER.decode(line)
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None
    except (ValueError, UnicodeError):
        return decode_exactly(line)


def decode_exactly(line: bytes | str) -> Any:
    """Return the value of `line` with the slower parser, which accepts lone surrogates and huge numbers."""
    try:
        source = line if isinstance(line, str) else line.decode("utf-8")
        return json.loads(source, parse_constant=refuse_constant, parse_int=read_integer)
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None
    except UnicodeDecodeError as error:
        raise NotJsonError(f"not UTF-8 (byte {error.start})") from None
    except json.JSONDecodeError as error:
        raise NotJsonError(f"{WORDS.get(error.msg, error.msg)} (character {error.pos + 1})") from None
    except ValueError as error:
        raise NotJsonError(str(error)) from None


def refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity: Python's parser accepts them, but they are not JSON."""
    raise NotJsonError(f"{name} is not JSON")


def read_integer(digits: str) -> float:
    """Return an integer, as a double if it has more digits than a double can hold."""
    return float(digits) if len(digits) > len(str(SAFE_INTEGER)) else int(digits)


def encode(value: Any) -> bytes:
    """Return `value` as JavaScript's `JSON.stringify` prints it, in UTF-8.

    Infinity becomes null, a lone surrogate becomes an escape sequence. Raises NotJsonError if the value is
    nested too deeply or is not a JSON value.
    """
    try:
        if is_plain(value):
            return ENCODER.encode(value)
    except UnicodeEncodeError:
        pass
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None
    try:
        return stringify(value).encode()
    except RecursionError:
        raise NotJsonError(TOO_DEEP) from None


def is_plain(value: Any) -> bool:
    """Return whether msgspec prints every part of `value` as JavaScript does."""
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


def stringify(value: Any) -> str:
    """Return `value` as JavaScript prints it, with the slower printer for all values."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub(escape_surrogate, json.dumps(value, ensure_ascii=False))
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return print_number(value)
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{stringify(name)}:{stringify(part)}" for name, part in sort_members(value)) + "}"
        )
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(stringify, value)) + "]"
    raise NotJsonError(f"{type(value).__name__} is not a JSON value")


def escape_surrogate(match: re.Match[str]) -> str:
    """Return the escape sequence of a lone surrogate."""
    return f"\\u{ord(match[0]):04x}"


def print_number(number: float) -> str:
    """Return a number as `JSON.stringify` prints it: null for Infinity and NaN."""
    printed = number_text(number)
    return "null" if printed[-1] in "yN" else printed


def sort_members(members: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the members in JavaScript's order: integer-like keys ascending, then the others as given."""
    indexed = [name for name in members if is_index(name) and int(name) <= LARGEST_INDEX]
    rest = [name for name in members if name not in set(indexed)] if indexed else list(members)
    return [(name, members[name]) for name in (*sorted(indexed, key=int), *rest)]
