"""What is noted about the requests that Custify accepted: custom fields, personal data, races."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import encode
from mock_custify.replay.fold.tally import FieldSeen, Race
from mock_custify.values import find_date
from mock_custify.workspace.custom_fields import field_type, is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mock_custify.replay.fold.entry import Entry
    from mock_custify.replay.fold.tally import Tally

    Write = tuple[Any, str, tuple[str, int], str]  # value, user, place, moment

EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
PHONE: Final = re.compile(
    r"(?:\+|00)[\d\s()./-]{7,24}|\(?\d{2,5}[\s()/-][\d\s()/-]{5,20}"
    r"|(?:1[\s.-])?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}"  # as North America writes it
)
PHONE_IN_TEXT: Final = re.compile(r"(?<![\w+])\+\d(?:[\s()./-]{0,2}\d){7,14}")
NO_PHONE: Final = re.compile(r"[+-]?\d+\.\d+|\d{1,2}([/.-])\d{1,2}\1\d{4}(\D.*)?")  # a fraction or a date
DIGITS: Final = re.compile(r"\d{9,}")
FEWEST_DIGITS: Final = 7
SHORT: Final = 64  # letters of a text that may come again
LARGE: Final = 10**11  # as long as a phone number with its country
KINDS: Final = {"people": "people", "company": "companies", "event": "events"}
SCALAR_TYPES: Final = {bool: "Boolean", int: "Number", float: "Number"}
OTHER_FIELDS: Final = frozenset({"company_id", "custom_attributes", "id"})


def note_fields(tally: Tally, name: str, values: Mapping[str, Any], position: int) -> None:
    """Note the custom attributes or the metadata of an accepted request."""
    kind = KINDS[name]
    for index, (field, value) in enumerate(values.items()):
        if value is None:
            continue
        found, looks = (
            looks_of_text(value, field)
            if value.__class__ is str and len(value) <= SHORT
            else looks_of(value, field)
        )
        seen = tally.fields.get((kind, field))
        if seen is None:
            seen = tally.fields[kind, field] = FieldSeen((position, index), found)
        seen.types[found] += 1
        if looks:
            seen.personal[looks] += 1


def looks_of(value: Any, field: str) -> tuple[str, str]:
    """Return the type of a value of a field, and what kind of personal data it looks like, "" for none."""
    found = SCALAR_TYPES.get(value.__class__) or field_type(value, field)
    return found, "" if found in ("Boolean", "Date") else personal(value)


looks_of_text: Final = lru_cache(maxsize=10_000)(looks_of)


def personal(value: Any) -> str:
    """Return what kind of personal data a value looks like, "" for none."""
    if not isinstance(value, str):
        return "long number" if isinstance(value, int) and abs(value) >= LARGE else ""
    if "@" in value and EMAIL.search(value):
        return "email"
    if len(value) < FEWEST_DIGITS or is_date(value) or find_date(value) or NO_PHONE.fullmatch(value.strip()):
        return ""
    if PHONE.fullmatch(value.strip()) and sum(map(str.isdecimal, value)) >= FEWEST_DIGITS:
        return "phone"
    if "+" in value and PHONE_IN_TEXT.search(value):
        return "phone"
    return "long number" if DIGITS.search(value) else ""


class Writes:
    """The last write to each field of each company: who wrote what, and when."""

    def __init__(self) -> None:
        self.last: dict[tuple[str, str], Write] = {}

    def note(self, tally: Tally, body: Mapping[str, Any], user: str, entry: Entry) -> None:
        """Note what a message writes to a company, and the race when another user wrote another value."""
        company = str(body.get("company_id"))
        for field, value in written_fields(body):
            before = self.last.get((company, field))
            self.last[company, field] = after = (value, user, (entry.file, entry.line), entry.moment)
            if before is not None and before[1] != user and not same(before[0], value):
                race = race_of(before, after, entry.position)
                if known := tally.races.get((company, field)):
                    known.merge(race)
                else:
                    tally.races[company, field] = race


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same JSON."""
    return one == other and encode(one) == encode(other)


def written_fields(body: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """Return the fields that a body writes, the custom ones by their full name."""
    custom = body.get("custom_attributes")
    for field, value in body.items():
        if field not in OTHER_FIELDS:
            yield field, value
    if isinstance(custom, dict):
        for field, value in custom.items():
            yield f"custom_attributes.{field}", value


def race_of(before: Write, after: Write, position: int) -> Race:
    """Return the race between two writes; the later one is of the message at `position`."""
    (value, user, place, moment), (value_after, user_after, place_after, moment_after) = before, after
    seconds = seconds_between(moment, moment_after)
    return Race(seconds, position, (value, value_after), (user, user_after), (place, place_after))


def seconds_between(one: str, other: str) -> float:
    """Return how many seconds lie between two moments."""
    first, second = find_date(one), find_date(other)
    return abs((second - first).total_seconds()) if first and second else 0.0
