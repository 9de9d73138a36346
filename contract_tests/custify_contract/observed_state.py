"""The state of a workspace as plain JSON without internal ids, and the difference of two states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from custify_transformer.javascript.doubles import SAFE_INTEGER, as_double

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Json = Any


@dataclass(frozen=True, slots=True)
class ObservedState:
    """The state of one workspace, without internal ids and write times.

    A person has its `companies` as company_ids. A company has its `people` as user_ids, or as emails for
    people without a user_id. An event has the `person` and the `company` that it is linked to. `events` and
    `fields` (custom fields by kind of record) are None if the Custify under test does not show them.
    """

    people: tuple[Json, ...] = ()
    companies: tuple[Json, ...] = ()
    events: tuple[Json, ...] | None = ()
    fields: Json | None = None

    def people_named(self, name: str | None) -> list[Json]:
        """Return the people whose user id or email is `name`."""
        return [person for person in self.people if name in (person.get("user_id"), person.get("email"))]

    def companies_named(self, company_id: str) -> list[Json]:
        """Return the companies whose company_id is `company_id`."""
        return [company for company in self.companies if company["company_id"] == company_id]

    def sections(self) -> Mapping[str, Any]:
        """Return the records of the workspace by kind."""
        return {
            "people": self.people,
            "companies": self.companies,
            "events": self.events,
            "fields": self.fields,
        }


def name_of(person: Mapping[str, Any]) -> str:
    """Return the name of a person in a state: the user_id, else the email."""
    return str(person.get("user_id") or person.get("email"))


def json_text(value: Any) -> str:
    """Return `value` as JSON text with sorted keys."""
    return msgspec.json.encode(value, order="sorted").decode()


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same JSON: True is not 1, as it is in Python, but 1.0 is 1."""
    if one is other:
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(map(same, one.values(), map(other.get, one)))
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def with_doubles(value: Any) -> Any:
    """Return a JSON value as JavaScript reads it: an integer beyond 2**53 is rounded."""
    if isinstance(value, dict):
        return {name: with_doubles(member) for name, member in value.items()}
    if isinstance(value, list):
        return [with_doubles(item) for item in value]
    return as_double(value) if isinstance(value, int) and abs(value) > SAFE_INTEGER else value


def difference(before: ObservedState, after: ObservedState) -> list[str]:
    """Return one line for each change: "+" a new record, "-" a deleted record, "~" a changed field."""
    pairs = zip(before.sections().items(), after.sections().values(), strict=True)
    return [line for (title, old), new in pairs for line in section_difference(title, old, new)]


def section_difference(title: str, old: Any, new: Any) -> Iterator[str]:
    """Yield the lines about one kind of record."""
    if old is None or new is None or same(old, new):
        return
    if title == "fields":
        yield from record_difference("custom fields", old, new)
        return
    olds, news = by_label(title, old), by_label(title, new)
    for key in [*olds, *(key for key in news if key not in olds)]:
        if key not in news:
            yield f"- {key} {json_text(olds[key])}"
        elif key not in olds:
            yield f"+ {key} {json_text(news[key])}"
        elif not same(olds[key], news[key]):
            yield from record_difference(key, olds[key], news[key])


LABELS: Final[Mapping[str, Callable[[Json], str]]] = {
    "people": lambda person: f"person {name_of(person)}",
    "companies": lambda company: f"company {company.get('company_id')}",
    "events": lambda event: f"event {event.get('name')}",
}


def by_label(title: str, records: tuple[Json, ...]) -> dict[str, Json]:
    """Return the records by a readable label; a second record with the same label gets a number."""
    found: dict[str, Json] = {}
    for record in records:
        label = LABELS[title](record)
        count = sum(key.partition(" #")[0] == label for key in found)
        found[f"{label} #{count + 1}" if count else label] = record
    return found


def record_difference(key: str, old: Json, new: Json) -> Iterator[str]:
    """Yield one line for each changed field of a record."""
    for field in sorted({*old, *new}):
        if not same(old.get(field), new.get(field)):
            yield f"~ {key}: {field} {value_text(old.get(field))} -> {value_text(new.get(field))}"


def value_text(value: Any) -> str:
    """Return a value as text for a report."""
    return "(none)" if value is None else json_text(value)
