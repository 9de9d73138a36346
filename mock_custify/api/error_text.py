"""Says what is wrong with a JSON body in the words of the API: which field, what it must be, what it was."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import inspect

from mock_custify.kinds import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def explain(
    error: msgspec.ValidationError, kind: Any, body: bytes | None = None, whole: str = "the body"
) -> str:
    """Return what is wrong with a body that has to be a `kind`, or with another thing, the `whole`."""
    match = PLACE.match(str(error))
    text, place = (match["text"], match["place"] or "$") if match else (str(error), "$")
    path = place.removeprefix("$").lstrip(".")
    if missing := MISSING.search(text):
        return f"{joined(path, missing[1])} is required"
    if unknown := UNKNOWN.search(text):
        return not_known("field", joined(path, unknown[1]), names_at(kind, place))
    known = values_at(kind, place) if text.startswith("Invalid enum value") else ""
    return f"{path or whole} must {f'be {known}' if known else wanted(text)}{got(body, place)}"


def not_known(what: str, path: str, names: Sequence[str]) -> str:
    """Return that no field or parameter has the name at the end of a path, and which names there are."""
    if not names:
        return f"{path} is not a known {what}: this call has no {what}s"
    near = get_close_matches(path.rpartition(".")[2], names, 1)
    meant = f"did you mean {near[0]!r}? The" if near else "the"
    return f"{path} is not a known {what}: {meant} {what}s are {', '.join(names)}"


def joined(path: str, name: str) -> str:
    """Return the path of a member."""
    return f"{path}.{name}" if path else name


def wanted(text: str) -> str:
    """Return what a value must be or have, from the words of the decoder."""
    if length := LENGTH.search(text):
        if length[2] == ">=" and length[3] == "1":
            return "not be empty"
        unit = "characters" if length[1] == "str" else "entries"
        return f"have {AT_LEAST_OR_MOST[length[2]]} {length[3]} {unit}"
    if bound := BOUND.search(text):
        return f"be {AT_LEAST_OR_MOST[bound[1]]} {bound[2]}"
    if types := TYPES.search(text):
        names = dict.fromkeys(WORDS.get(name, name) for name in types[1].split(" | "))
        return f"be {' or '.join(names)}"
    return "be of another form"


def values_at(kind: Any, place: str) -> str:
    """Return the values that a `kind` lists for the value at a place, as JSON; "" when it lists none."""
    values = [one.values for one in types_at(kind, place) if isinstance(one, inspect.LiteralType)]
    listed = [printed(value) for several in values for value in several]
    return f"{'one of ' * (len(listed) > 1)}{', '.join(listed)}"


def names_at(kind: Any, place: str) -> list[str]:
    """Return the names of the members that a `kind` may have at a place."""
    structs = [one for one in types_at(kind, place) if isinstance(one, inspect.StructType)]
    return [field.encode_name for one in structs for field in one.fields]


def types_at(kind: Any, place: str) -> Iterator[inspect.Type]:
    """Return the types that the value at a place may have."""
    found: list[inspect.Type] = [inspect.type_info(kind)]
    for name, _index in STEP.findall(place):
        found = [inner for one in alternatives(found) for inner in members(one, name)]
    return alternatives(found)


def alternatives(types: Iterable[inspect.Type]) -> Iterator[inspect.Type]:
    """Yield types, those of a union and of an annotated one by themselves."""
    for one in types:
        if isinstance(one, inspect.UnionType):
            yield from alternatives(one.types)
        elif isinstance(one, inspect.Metadata):
            yield from alternatives([one.type])
        else:
            yield one


def members(known: inspect.Type, name: str) -> Iterator[inspect.Type]:
    """Yield the type of a member by its name, or of the items of an array."""
    if isinstance(known, inspect.StructType):
        yield from (field.type for field in known.fields if field.encode_name == name)
    elif isinstance(known, inspect.DictType):
        yield known.value_type
    elif isinstance(known, inspect.ListType | inspect.VarTupleType):
        yield known.item_type


def got(body: bytes | None, place: str) -> str:
    """Return the value at the place, "" if it cannot be found."""
    try:
        value: Any = msgspec.json.decode(body or b"")
        for name, index in STEP.findall(place):
            value = value[name] if name else value[int(index)]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, LookupError, TypeError, ValueError):
        return ""
    return f", got {printed(value)}"


def json_fault(error: Exception) -> str:
    """Return where and why a text is not JSON, or why its value does not fit, without a library's words."""
    text = str(error).removeprefix("JSON is malformed: ")
    return "it ends too early" if text == "Input data was truncated" else text
