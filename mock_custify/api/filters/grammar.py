"""The grammar of filters on companies, people and objectives: one table, which is check and documentation.

Source: the README of Custify's MCP server; docs/decisions.md where it is silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_custify.api.filters import periods
from mock_custify.api.filters.model import MOST_FILTERS
from mock_custify.api.filters.values import (
    CHOICES,
    COUNT,
    DAY,
    DAYS,
    NUMBER,
    NUMBERS,
    TEXT,
    choice_of,
    number_of,
)
from mock_custify.errors import InvalidRequestError
from mock_custify.values import find_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from mock_custify.api.filters.model import Filter
    from mock_custify.api.filters.values import Wanted

    Test = Callable[[Any], bool]
    Maker = Callable[[Any, datetime], Test]
    Operator = tuple[Wanted | None, Maker]


def is_unknown(value: Any) -> bool:
    """Tell whether there is no value: null, missing or empty."""
    return value is None or value in ("", [], (), {})


def flag(wanted: str) -> Operator:
    """Return the operator that tests for a truth value; a missing one is neither true nor false."""
    return None, lambda _value, _now: lambda have: have is not None and choice_of(have) == wanted


def numeric(test: Callable[[float, Any], bool], wanted: Wanted = NUMBER) -> Operator:
    """Return the operator that compares numbers, or text that spells one."""
    return (
        wanted,
        lambda value, _now: lambda have: (number := number_of(have)) is not None and test(number, value),
    )


def graded(color: str) -> Operator:
    """Return the operator that tests for the color of the range that a health score lies in."""
    return None, lambda _value, _now: lambda have: choice_of(have) == color


def textual(test: Callable[[str, str], bool]) -> Operator:
    """Return the operator that compares text without regard to case, each item of a list by itself."""
    return TEXT, lambda value, _now: lambda have: any(test(text, value) for text in choices_of(have))


def lacking(value: str, _now: datetime) -> Test:
    """Return the test that finds `value` nowhere in a text; one that is empty passes."""
    return lambda have: not any(value in text for text in choices_of(have))


def dated(test: Callable[[date, Any], bool], wanted: Wanted) -> Operator:
    """Return the operator that compares the day of a date with the asked one or ones."""
    return wanted, lambda value, _now: lambda have: (day := day_in(have)) is not None and test(day, value)


def aged(test: Callable[[int, int], bool]) -> Operator:
    """Return the operator that compares how many whole days ago a date was; the future is no age."""
    return (
        COUNT,
        lambda value, now: (
            lambda have: (
                (moment := moment_in(have)) is not None and moment <= now and test((now - moment).days, value)
            )
        ),
    )


def within(span: Callable[[str, date], tuple[date, date]], period: str) -> Operator:
    """Return the operator that tests whether a date lies in a period around now."""

    def make(_value: Any, now: datetime) -> Test:
        first, last = span(period, periods.day_of(now))
        return lambda have: (day := day_in(have)) is not None and first <= day <= last

    return None, make


def chosen(test: Callable[[frozenset[str], frozenset[str]], bool]) -> Operator:
    """Return the operator that compares the values of a record with the asked ones."""
    return CHOICES, lambda value, _now: lambda have: test(frozenset(choices_of(have)), value)


def moment_in(have: Any) -> datetime | None:
    """Return the date that a value spells, or None."""
    return find_date(have) if isinstance(have, str) else None


def day_in(have: Any) -> date | None:
    """Return the day of the date that a value spells, or None."""
    moment = moment_in(have)
    return periods.day_of(moment) if moment else None


def choices_of(have: Any) -> list[str]:
    """Return the values of a record as text without case, none for an empty one."""
    if isinstance(have, list | tuple):
        return [choice_of(item) for item in have]
    return [] if is_unknown(have) else [choice_of(have)]


PRESENCE: Final[Mapping[str, Operator]] = {
    "is_unknown": (None, lambda _value, _now: is_unknown),
    "any_value": (None, lambda _value, _now: lambda have: not is_unknown(have)),
}
# Source: vendor's API description, section 6.2; `field_reader` of the segments reads the range of a score.
GRADES: Final = {"is_bad": "red", "is_average": "orange", "is_good": "green"}
NUMERIC: Final[Mapping[str, Operator]] = {
    "is": numeric(lambda have, value: have == value),
    "is_not": numeric(lambda have, value: have != value),
    **{name: graded(color) for name, color in GRADES.items()},
    "greater": numeric(lambda have, value: have > value),
    "lower": numeric(lambda have, value: have < value),
    "between": numeric(lambda have, ends: ends[0] <= have <= ends[1], NUMBERS),
    **PRESENCE,
}
MEMBERSHIP: Final[Mapping[str, Operator]] = {
    "is_any_of": chosen(lambda have, asked: not have.isdisjoint(asked)),
    "is_all_of": chosen(lambda have, asked: asked <= have),
    "is_none_of": chosen(lambda have, asked: have.isdisjoint(asked)),
}
GRAMMAR: Final[Mapping[str, Mapping[str, Operator]]] = {
    "Boolean": {"true": flag("true"), "false": flag("false"), **PRESENCE},
    "Number": NUMERIC,
    "Currency": NUMERIC,
    "String": {
        "is": textual(lambda have, value: value == have),
        "is_not": (TEXT, lambda value, _now: lambda have: value not in choices_of(have)),
        "is_in": chosen(lambda have, asked: not have.isdisjoint(asked)),
        "is_descendant": chosen(lambda have, asked: not have.isdisjoint(asked)),
        "contains": textual(lambda have, value: value in have),
        "starts_with": textual(str.startswith),
        "ends_with": textual(str.endswith),
        "does_not_contain": (TEXT, lacking),
        **PRESENCE,
    },
    "Date": {
        "more_than": aged(lambda days, asked: days > asked),
        "less_than": aged(lambda days, asked: days < asked),
        "exactly": aged(lambda days, asked: days == asked),
        "after": dated(lambda day, asked: day > asked, DAY),
        "before": dated(lambda day, asked: day < asked, DAY),
        "on": dated(lambda day, asked: day == asked, DAY),
        "between": dated(lambda day, ends: ends[0] <= day <= ends[1], DAYS),
        **{f"last_{period}": within(periods.last, period) for period in periods.PERIODS},
        **{f"this_{period}": within(periods.this, period) for period in periods.PERIODS},
        **PRESENCE,
    },
    "Dropdown": {**MEMBERSHIP, **PRESENCE},
    "Tag": {
        **MEMBERSHIP,
        "is_in": MEMBERSHIP["is_any_of"],
        "is_not_in": MEMBERSHIP["is_none_of"],
        **PRESENCE,
    },
    "Segment": MEMBERSHIP,
    "User": {
        "is": MEMBERSHIP["is_any_of"],
        "is_in": MEMBERSHIP["is_any_of"],
        "is_not_in": MEMBERSHIP["is_none_of"],
        **PRESENCE,
    },
    "Company": {"is_in": MEMBERSHIP["is_any_of"], **PRESENCE},
}


def compiled(given: Filter, now: datetime, place: str) -> Test:
    """Return the test that a filter puts to a value; raise InvalidRequestError that names the mistake.

    `place` is the position of the filter, such as "filters[0]".
    """
    operators = GRAMMAR.get(given.fieldType)
    if operators is None:
        raise InvalidRequestError(
            f"{place}: fieldType {given.fieldType!r} is not known: use {', '.join(GRAMMAR)}"
        )
    if given.filterType not in operators:
        raise InvalidRequestError(
            f"{place}: filterType {given.filterType!r} is not known for a {given.fieldType}: "
            f"use {', '.join(operators)}"
        )
    if not given.fieldName:
        raise InvalidRequestError(f"{place}: fieldName is empty")
    wanted, make = operators[given.filterType]
    return make(None if wanted is None else read_value(given, wanted, place), now)


def read_value(given: Filter, wanted: Wanted, place: str) -> Any:
    """Return the value of a filter as its operator takes it; raise InvalidRequestError that says how."""
    try:
        return wanted.read(given.filterValue)
    except ValueError as error:
        raise InvalidRequestError(
            f"{place}: filterType {given.filterType!r} needs {wanted.words} as its filterValue, "
            f"not {given.filterValue!r}"
        ) from error


def grammar_schema() -> dict[str, Any]:
    """Return the JSON schema of an array of filters: for each type of field, what its operators take."""
    return {
        "type": "array",
        "maxItems": MOST_FILTERS,
        "items": {"anyOf": [branch for typed in GRAMMAR for branch in branches_of(typed)]},
    }


def branches_of(typed: str) -> list[dict[str, Any]]:
    """Return the schemas of the filters of one type of field, one for each form of filterValue."""
    wanted = {id(want): want for want, _ in GRAMMAR[typed].values()}.values()
    return [branch(typed, want) for want in wanted]


def branch(typed: str, want: Wanted | None) -> dict[str, Any]:
    """Return the schema of the filters of a type of field whose operators all take `want`."""
    names = [name for name, (wanted, _) in GRAMMAR[typed].items() if wanted is want]
    known = {
        "fieldName": {"type": "string", "minLength": 1},
        "fieldType": {"const": typed},
        "filterType": {"enum": names},
    }
    values = {} if want is None else {"filterValue": want.schema}
    return {"type": "object", "properties": {**known, **values}, "required": [*known, *values]}
