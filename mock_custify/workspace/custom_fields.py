"""The custom attributes that a workspace has seen, each with the type of its first value.

Source: vendor's API description, section 4.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from mock_custify.errors import InvalidRequestError
from mock_custify.kinds import INT32, LARGEST_INTEGER, SMALLEST_INTEGER, is_number, number_in, printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.limits import Limits

FieldType: TypeAlias = Literal["Boolean", "Number", "String", "Date", "User", "Currency", "Dropdown"]
EntityKind: TypeAlias = Literal["people", "companies", "events"]
KINDS: Final = ("people", "companies", "events")
LONGEST_NAME: Final = 190
# The eight forms of text that are a date; Z may be an offset.
DATE_FORM: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    r"( \d{2}:\d{2}(:\d{2})?|T\d{2}:\d{2}:\d{2}(\.\d{3}|(\.\d{3}|\.\d{6})?(Z|[+-]\d{2}:?\d{2}))?)?",
    re.ASCII,
)


class CustomFields:
    """Names and types of the custom attributes of each kind of record; the first value fixes the type."""

    def __init__(self) -> None:
        self.types: dict[str, dict[str, FieldType]] = {kind: {} for kind in KINDS}

    def note(self, kind: EntityKind, attributes: Mapping[str, Any]) -> None:
        """Remember the attributes of a record; a null says nothing about a type."""
        known = self.types[kind]
        for name, value in attributes.items():
            if name not in known and value is not None:
                known[name] = field_type(value, name)

    def keep(self, known: Mapping[str, Mapping[str, FieldType]]) -> None:
        """Take over the types that were known before; they win over those of the records."""
        for kind, types in known.items():
            self.types[kind] = {**types, **{k: v for k, v in self.types[kind].items() if k not in types}}

    def copy(self) -> CustomFields:
        """Return a copy that shares nothing which can change."""
        twin = CustomFields()
        twin.types = {kind: dict(types) for kind, types in self.types.items()}
        return twin


def field_type(value: Any, name: str = "") -> FieldType:
    """Return the type that Custify gives a value: Date is tried before Number before Boolean before String.

    Text under a name that ends in `_at` is a Date all the same.
    """
    if isinstance(value, dict):
        return "Currency"
    if isinstance(value, list):
        return "Dropdown"
    if isinstance(value, str) and is_date(value):
        return "Date"
    if number_in(value) is not None:
        return "Number"
    if isinstance(value, bool) or value.lower() in {"true", "false"}:
        return "Boolean"
    return "Date" if name.endswith("_at") else "String"


def is_date(text: str) -> bool:
    """Tell whether a text is a date in one of the eight forms."""
    if not DATE_FORM.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_name(place: str, name: str) -> None:
    """Raise InvalidRequestError for a name that no attribute can have."""
    where = f"{place}.{name[:80]}"
    for letter, word in ((".", "dot"), ("$", "dollar sign")):
        if letter in name:
            raise InvalidRequestError(f"{where}: a name must not contain a {word}")
    if not name or name.isdecimal():
        raise InvalidRequestError(f"{where}: a name must not be empty or consist of digits only")
    if len(name) > LONGEST_NAME:
        raise InvalidRequestError(f"{where}: a name has at most {LONGEST_NAME} characters, got {len(name)}")


@lru_cache(maxsize=4096)
def is_allowed(name: str) -> bool:
    """Tell whether an attribute can have this name, which is not too long; the same names come again."""
    try:
        check_name("", name)
    except InvalidRequestError:
        return False
    return True


def check_value(where: str, value: Any, longest: int | None) -> None:
    """Raise InvalidRequestError for a value that no attribute can have."""
    if isinstance(value, str):
        if longest is not None and len(value) > longest:
            raise InvalidRequestError(f"{where} must have at most {longest} characters, got {len(value)}")
    elif isinstance(value, list | dict):
        kind = "an array" if isinstance(value, list) else "an object"
        raise InvalidRequestError(f"{where} must be text, a number, true, false or null, got {kind}")
    elif is_number(value) and value == int(value) and not SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
        raise InvalidRequestError(f"{where} must be a whole number {INT32}, got {printed(value)}")


def check_attributes(
    limits: Limits, known: Mapping[str, Any], changes: Mapping[str, Any], *, money: bool = False
) -> None:
    """Raise InvalidRequestError when a record gets an attribute that it cannot have, or too many.

    `known` are those of the record with the `changes` written over them; with `money`, as companies have it,
    an attribute may be an amount in a currency.
    """
    longest = limits.attribute_text
    for name, value in changes.items():
        if len(name) > LONGEST_NAME or not is_allowed(name):
            check_name("custom_attributes", name)
        is_short_text = value.__class__ is str and len(value) <= longest
        if not is_short_text and not (money and is_currency(value)):
            check_value(f"custom_attributes.{name[:80]}", value, longest)
    if len(known) > limits.attributes:
        raise InvalidRequestError(
            f"custom_attributes: at most {limits.attributes} are accepted, the record would have {len(known)}"
        )


def is_currency(value: Any) -> bool:
    """Tell whether a value is an amount of money: {"value": 100, "currency": "USD"}."""
    return (
        isinstance(value, dict)
        and value.keys() == {"value", "currency"}
        and is_number(value["value"])
        and isinstance(value["currency"], str)
    )
