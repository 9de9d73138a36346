"""What the value of a filter has to be: read from JSON, and described in JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mock_custify.api.filters.periods import day_of
from mock_custify.values import DATE_PATTERN, find_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

PAIR: Final = 2
NUMBER_PATTERN: Final = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a filterValue has to be, in words and as a schema; `read` raises ValueError for anything else."""

    words: str
    schema: Mapping[str, Any]
    read: Callable[[Any], Any]


def read_number(value: Any) -> float:
    """Return a number that is given as one or as text; raise ValueError."""
    number = number_of(value)
    if number is None:
        raise ValueError
    return number


def number_of(value: Any) -> float | None:
    """Return the number that a value is or spells, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return None


def read_pair(value: Any, read: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Return the two ends of a range, each through `read`; raise ValueError."""
    if not isinstance(value, list) or len(value) != PAIR:
        raise ValueError
    return read(value[0]), read(value[1])


def read_text(value: Any) -> str:
    """Return text without its case; a number is taken as its text. Raise ValueError."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        raise ValueError
    return str(value).casefold()


def read_day(value: Any) -> date:
    """Return the day, in UTC, that a date text falls on; raise ValueError."""
    moment = find_date(value) if isinstance(value, str) else None
    if moment is None:
        raise ValueError
    return day_of(moment)


def read_count(value: Any) -> int:
    """Return a number of whole days; raise ValueError."""
    number = read_number(value)
    if number < 0 or not number.is_integer():
        raise ValueError
    return int(number)


def read_choices(value: Any) -> frozenset[str]:
    """Return the wanted values as text; one without an array is an array of one. Raise ValueError."""
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str | int | float) for item in items):
        raise ValueError
    return frozenset(choice_of(item) for item in items)


def choice_of(value: Any) -> str:
    """Return one value as choices compare it: text without its case, true as "true"."""
    return str(value).casefold()


NUMBER_SCHEMA: Final[Mapping[str, Any]] = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_PATTERN}]
}
DAY_SCHEMA: Final[Mapping[str, Any]] = {"type": "string", "pattern": DATE_PATTERN}
COUNT_SCHEMA: Final[Mapping[str, Any]] = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 100_000},
        {"type": "string", "pattern": "^[0-9]{1,5}$"},
    ]
}
CHOICES_SCHEMA: Final[Mapping[str, Any]] = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1},
    ]
}


def pair_schema(items: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of an array of two."""
    return {"type": "array", "items": items, "minItems": PAIR, "maxItems": PAIR}


NUMBER: Final = Wanted("a number", NUMBER_SCHEMA, read_number)
NUMBERS: Final = Wanted(
    "an array of two numbers", pair_schema(NUMBER_SCHEMA), lambda value: read_pair(value, read_number)
)
TEXT: Final = Wanted("a text", {"type": "string", "minLength": 1}, read_text)
DAY: Final = Wanted("a date such as 2026-01-31", DAY_SCHEMA, read_day)
DAYS: Final = Wanted(
    "an array of two dates such as 2026-01-31",
    pair_schema(DAY_SCHEMA),
    lambda value: read_pair(value, read_day),
)
COUNT: Final = Wanted("a number of whole days", COUNT_SCHEMA, read_count)
CHOICES: Final = Wanted("an array of values", CHOICES_SCHEMA, read_choices)
