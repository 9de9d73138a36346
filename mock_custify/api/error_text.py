"""Says what is wrong with a JSON body in the words of the API: which field, what it must be, what it was."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from mock_custify.kinds import printed

PLACE: Final = re.compile(r"^(?P<text>.*?)(?: - at `(?P<place>[^`]*)`)?$", re.DOTALL)
STEP: Final = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
MISSING: Final = re.compile(r"Object missing required field `(.+)`")
UNKNOWN: Final = re.compile(r"Object contains unknown field `(.+)`")
LENGTH: Final = re.compile(r"Expected `(str|array)` of length (>=|<=) (\d+)")
BOUND: Final = re.compile(r"Expected `(?:int|float)` (>=|<=|>|<) (\S+)")
TYPES: Final = re.compile(r"Expected `(.+)`, got `(.+)`")
WORDS: Final = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "an array",
    "object": "an object",
    "null": "null",
}
AT_LEAST_OR_MOST: Final = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}


def explain(error: msgspec.ValidationError, body: bytes | None, whole: str = "the body") -> str:
    """Return what is wrong with a body, or with another thing that is called `whole`."""
    match = PLACE.match(str(error))
    text, place = (match["text"], match["place"] or "$") if match else (str(error), "$")
    path = place.removeprefix("$").lstrip(".")
    if missing := MISSING.search(text):
        return f"{joined(path, missing[1])} is required"
    if unknown := UNKNOWN.search(text):
        return f"{joined(path, unknown[1])} is not known here"
    return f"{path or whole} must be {wanted(text)}{got(body, place)}"


def joined(path: str, name: str) -> str:
    """Return the path of a member."""
    return f"{path}.{name}" if path else name


def wanted(text: str) -> str:
    """Return what a value must be, from the words of the decoder."""
    if length := LENGTH.search(text):
        unit = "characters" if length[1] == "str" else "entries"
        return f"of {AT_LEAST_OR_MOST[length[2]]} {length[3]} {unit}"
    if bound := BOUND.search(text):
        return f"{AT_LEAST_OR_MOST[bound[1]]} {bound[2]}"
    if types := TYPES.search(text):
        names = dict.fromkeys(WORDS.get(name, name) for name in types[1].split(" | "))
        return " or ".join(names)
    if text.startswith("Invalid enum value"):
        return "one of the known values"
    return "of another form"


def got(body: bytes | None, place: str) -> str:
    """Return what stands at the place instead, "" when it cannot be found."""
    try:
        value: Any = msgspec.json.decode(body or b"")
        for name, index in STEP.findall(place):
            value = value[name] if name else value[int(index)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, LookupError, TypeError, ValueError):
        return ""
    return f", got {printed(value)}"
