"""What a field of a record holds: how a value is read, checked and described; the caller names the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias, get_type_hints

import msgspec
from msgspec import UNSET, Meta, Struct

from mock_custify.errors import InvalidRequestError
from mock_custify.values import DATE_PATTERN, FIRST_SECOND, LAST_MILLISECOND, as_moment, as_text, find_date

# Source: vendor's API description, section 4.2.
LONGEST_TEXT: Final = 255
LARGEST_INTEGER: Final = 2**31 - 1
SMALLEST_INTEGER: Final = -(2**31)
LONGEST_NUMBER: Final = 40
INT32: Final = f"from {SMALLEST_INTEGER} to {LARGEST_INTEGER}"
NUMBER_TEXT: Final = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"


def printed(value: Any) -> str:
    """Return a value as the text of an error shows it: as JSON, shortened."""
    text = msgspec.json.encode(value).decode("utf-8", "replace")
    return text if len(text) <= 80 else f"{text[:77]}..."  # noqa: PLR2004 - one line of a terminal


def is_number(value: Any) -> bool:
    """Tell whether a JSON value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def identifier(value: Any) -> str:
    """Return the text that a value identifies a record by, "" when it cannot; never raises."""
    if isinstance(value, str):
        return value
    return as_text(value) if is_number(value) else ""


def read_text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Return a text field; a number becomes its text, 77.0 becomes "77"."""
    if value.__class__ is str and len(value) <= longest:
        return value
    if is_number(value):
        value = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if not isinstance(value, str):
        raise InvalidRequestError(f"must be text, got {printed(value)}")
    if len(value) > longest:
        raise InvalidRequestError(f"must have at most {longest} characters, got {len(value)}")
    return value


def read_identifier(value: Any) -> str | None:
    """Return an identifier as text, None for null, "" and a missing one."""
    return None if value is UNSET or value is None or value == "" else read_text(value)


def number_in(value: Any) -> int | float | None:
    """Return the number that a value is or spells, or None."""
    if is_number(value):
        return value  # type: ignore[no-any-return] # checked
    if not isinstance(value, str) or len(value) > LONGEST_NUMBER:
        return None
    try:
        return int(value) if value.strip("-").isdecimal() else float(value) if is_plain(value) else None
    except ValueError:
        return None


def is_plain(text: str) -> bool:
    """Tell whether a text is digits with a decimal point; infinity, NaN and blanks are no numbers."""
    return text.replace(".", "", 1).removeprefix("-").isdecimal() and text.isascii()


def read_number(value: Any) -> int | float:
    """Return a number, read from its text where a client sent text; an integer must fit in 32 bits."""
    number = number_in(value)
    if number is None:
        raise InvalidRequestError(f"must be a number, got {printed(value)}")
    return within_int32(number, value)


def within_int32(number: float, value: Any) -> int | float:
    """Return `number` when it is no integer beyond 32 bits; raise InvalidRequestError."""
    if number == int(number) and not SMALLEST_INTEGER <= number <= LARGEST_INTEGER:
        raise InvalidRequestError(f"must be a whole number {INT32}, got {printed(value)}")
    return number


def read_whole_number(value: Any) -> int:
    """Return a whole number, read from its text where a client sent text."""
    number = number_in(value)
    if number is None or number != int(number):
        raise InvalidRequestError(f"must be a whole number, got {printed(value)}")
    return int(within_int32(number, value))


def read_flag(value: Any) -> bool:
    """Return a truth value, read from "true" or "false" in any case where a client sent text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "false"}:
        return value.lower() == "true"
    raise InvalidRequestError(f"must be true or false, got {printed(value)}")


def read_moment(value: Any) -> str:
    """Return a date as ISO 8601 text: text unchanged, a number as Unix time in seconds or milliseconds."""
    if isinstance(value, str) and find_date(value):
        return value
    if is_number(value):
        return as_moment(value)
    raise InvalidRequestError(f"must be a date such as 2026-01-31T12:00:00.000Z, got {printed(value)}")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a value is `read`, raising InvalidRequestError, and the type of the field in lists of fields."""

    read: Callable[[Any], Any]
    field_type: str


def described(*schemas: Mapping[str, Any]) -> Meta:
    """Return the description of a value that fits one of `schemas`, or is null."""
    return Meta(extra_json_schema={"anyOf": [*schemas, {"type": "null"}]})


NUMBER: Final = {"type": "number", "minimum": SMALLEST_INTEGER, "maximum": LARGEST_INTEGER}
INTEGER: Final = {**NUMBER, "type": "integer"}
TEXT: Final = {"type": "string", "maxLength": LONGEST_TEXT}
UNIX_TIME: Final = {"type": "number", "minimum": FIRST_SECOND, "maximum": LAST_MILLISECOND}
TextField: TypeAlias = Annotated[Any, described(TEXT, NUMBER), Kind(read_text, "String")]
NumberField: TypeAlias = Annotated[Any, described(NUMBER), Kind(read_number, "Number")]
WholeNumberField: TypeAlias = Annotated[Any, described(INTEGER), Kind(read_whole_number, "Number")]
FlagField: TypeAlias = Annotated[
    Any, described({"type": "boolean"}, {"enum": ["true", "false"]}), Kind(read_flag, "Boolean")
]
DateField: TypeAlias = Annotated[
    Any, described({"type": "string", "pattern": DATE_PATTERN}, UNIX_TIME), Kind(read_moment, "Date")
]
IdentifierField: TypeAlias = Annotated[Any, described(TEXT, NUMBER)]


def kinds_of(request: type[Struct]) -> dict[str, Kind]:
    """Return the fields that a body writes and what each holds, in the order of their declaration."""
    hints = get_type_hints(request, include_extras=True)
    kinds = {name: kind_of(hint) for name, hint in hints.items()}
    return {name: kind for name, kind in kinds.items() if kind is not None}


def kind_of(hint: Any) -> Kind | None:
    """Return what a field with this annotation holds, or None when it is no plain field."""
    return next((one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Kind)), None)


def written(request: Struct, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return the fields that `request` writes, each as it is kept; null empties a field.

    Raises InvalidRequestError that names the field.
    """
    found = {}
    name = ""
    try:
        for name, kind in kinds.items():
            value = getattr(request, name)
            if value is not UNSET:
                found[name] = None if value is None else kind.read(value)
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{name} {error}") from error
    return found


def read_named(name: str, read: Callable[[Any], Any], value: Any) -> Any:
    """Return what `read` makes of a value; raise InvalidRequestError that names the field."""
    try:
        return read(value)
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{name} {error}") from error
