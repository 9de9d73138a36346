"""The values that records are made of: text, numbers, flags, dates and custom attributes.

Every alias here is both the check of a request and the schema that the OpenAPI document shows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final, TypeAlias, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.errors import InvalidRequestError

D = TypeVar("D", bound=date)

FIRST_SECOND: Final = -62_135_596_800
LAST_MILLISECOND: Final = 253_402_300_799_999
# The same forms as DATE_FORM, in the words of JSON Schema and with nothing but days that exist.
DATE_PATTERN: Final = (
    r"^([12][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    r"|02-(0[1-9]|1[0-9]|2[0-8]))|[12][0-9](04|08|[2468][048]|[13579][26])-02-29)"
    r"([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?)?$"
)
Json: TypeAlias = Any
Text: TypeAlias = str | int | float
NumericText: TypeAlias = Annotated[str, Meta(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$")]
Number: TypeAlias = int | float | NumericText
DateText: TypeAlias = Annotated[str, Meta(description="ISO 8601", examples=["2026-01-31T12:00:00.000Z"])]
UnixTime: TypeAlias = (
    Annotated[int, Meta(ge=FIRST_SECOND, le=LAST_MILLISECOND)]
    | Annotated[float, Meta(ge=FIRST_SECOND, le=LAST_MILLISECOND)]
)
Moment: TypeAlias = Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})] | UnixTime
Since: TypeAlias = Annotated[str, Meta(extra_json_schema={"pattern": f"^[0-9]+$|{DATE_PATTERN}"})]
Scalar: TypeAlias = str | int | float | bool
Attribute: TypeAlias = Any
AttributeName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=256)]
Nothing: TypeAlias = Annotated[
    list[Any], Meta(max_length=0, description="PHP's way to write an empty object")
]
AttributeChanges: TypeAlias = Annotated[
    dict[str, Any],
    Meta(
        extra_json_schema={
            "maxProperties": 250,
            "propertyNames": {"pattern": r"^(?![0-9]+$)[^.$]{1,190}$"},
            "additionalProperties": {
                "anyOf": [
                    {"type": "string", "maxLength": 255},
                    {"type": "number", "minimum": -(2**31), "maximum": 2**31 - 1},
                    {"type": "boolean"},
                    {"type": "null"},
                ]
            },
        }
    ),
]
ObjectId: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64, examples=["6560a1b2c3d4e5f60718293a"])]

SECONDS_END: Final = 100_000_000_000
# Source: Custify help page on the CSV importer, which lists the forms of text that are read as a date.
DATE_FORM: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number of things in words: 1 person, 2 people; `many` is `one` with an s by default."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def named_by(*names: str) -> Meta:
    """Return what an object has to have besides its fields: one of `names`, neither null nor empty."""
    given = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "number"}]}
    return Meta(
        extra_json_schema={"anyOf": [{"required": [name], "properties": {name: given}} for name in names]}
    )


def as_text(value: Text) -> str:
    """Return an identifier or a text field as text; 77 and 77.0 become "77"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def as_number(value: Number) -> int | float:
    """Return a number, read from its text where a client sent text."""
    if not isinstance(value, str):
        return value
    return float(value) if "." in value else int(value)


def as_moment(value: Moment) -> str:
    """Return a date as ISO 8601 text: text unchanged, a number as Unix time in seconds or milliseconds.

    Raises InvalidRequestError for text that is no date and for numbers outside the calendar.
    """
    if isinstance(value, str):
        read_date(value)
        return value
    try:
        seconds = value if abs(value) < SECONDS_END else value / 1000
        return iso(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError) as error:
        raise InvalidRequestError(f"{value} is not a date: its year must be from 1 to 9999") from error


def read_date(text: str) -> datetime:
    """Return the moment that `text` names, in UTC where it names no offset; raise InvalidRequestError."""
    moment = find_date(text)
    if moment is None:
        raise InvalidRequestError(
            f"{text[:80]!r} is not a date: send ISO 8601, such as 2026-01-31T12:00:00.000Z"
        )
    return moment


def find_date(text: str) -> datetime | None:
    """Return the moment that `text` names, or None when it is not one of the forms that Custify reads."""
    if not DATE_FORM.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def iso(moment: datetime) -> str:
    """Return `moment` as Custify prints it: ISO 8601 in UTC, with milliseconds and Z."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="milliseconds")[: -len("+00:00")] + "Z"


def shifted(moment: D, step: timedelta) -> D:
    """Return a date or a moment moved by `step`; beyond the calendar it stays where it is."""
    try:
        return moment + step
    except OverflowError:
        return moment


def merged_attributes(known: dict[str, Attribute], changes: AttributeChanges) -> dict[str, Attribute]:
    """Return `known` with `changes` written over it; null takes a key away."""
    if not changes:
        return known
    both = {**known, **changes}
    return {name: value for name, value in both.items() if value is not None}


def changes_of(sent: AttributeChanges | Nothing | UnsetType | None) -> AttributeChanges:
    """Return the custom attributes that a client sent; PHP writes an empty object as []."""
    return sent if isinstance(sent, dict) else {}


def without(
    names: Sequence[str],
    fixed: Collection[str],
    changes: dict[str, Any],
    request: Struct,
    attributes: dict[str, Any],
) -> dict[str, Any]:
    """Return `attributes` without those that `$unset` names; empty the `fixed` fields it names in `changes`.

    Raises InvalidRequestError for a field that the request sets as well.
    """
    sent = getattr(request, "custom_attributes", None)
    gone = {
        name.removeprefix("custom_attributes.") for name in names if name.startswith("custom_attributes.")
    }
    for name in [*(one for one in names if one in fixed), *gone]:
        if getattr(request, name, UNSET) is not UNSET and name not in gone:
            raise InvalidRequestError(f"$unset: {name} is set in the same request: send one of the two")
        if name in gone and isinstance(sent, dict) and name in sent:
            raise InvalidRequestError(
                f"$unset: custom_attributes.{name} is set in the same request: send one of the two"
            )
    changes.update(dict.fromkeys(name for name in names if name in fixed))
    return {name: value for name, value in attributes.items() if name not in gone}


def present(value: object) -> bool:
    """Tell whether an identifier was given: null, "" and a missing field are none."""
    return value is not None and value != "" and value is not UNSET


def named(value: Text | UnsetType | None) -> str | None:
    """Return an identifier as text, or None when it was not given."""
    return as_text(value) if present(value) else None  # type: ignore[arg-type] # present() excludes null


__all__ = ["UNSET", "UnsetType"]
