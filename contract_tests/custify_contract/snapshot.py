"""What a workspace holds, as plain JSON by the names that users know, and how two of these differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json = Any


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A workspace, without internal ids and times of writing.

    A person lists the company_ids of its `companies`, a company its `people` by user_id, else email, an event
    the `person` and the `company` it is linked to. `events` and `fields` (custom fields by kind) are None
    where a Custify does not show them.
    """

    people: tuple[Json, ...] = ()
    companies: tuple[Json, ...] = ()
    events: tuple[Json, ...] | None = ()
    fields: Json | None = None

    def people_named(self, name: str | None) -> list[Json]:
        """Return the people whose user id or email is `name`."""
        return [person for person in self.people if name in (person.get("user_id"), person.get("email"))]

    def companies_named(self, company_id: str) -> list[Json]:
        """Return the companies with a company_id."""
        return [company for company in self.companies if company["company_id"] == company_id]

    def sections(self) -> Mapping[str, Any]:
        """Return the parts of the workspace by title."""
        return {
            "people": self.people,
            "companies": self.companies,
            "events": self.events,
            "fields": self.fields,
        }


def name_of(person: Mapping[str, Any]) -> str:
    """Return what a person goes by: the user id, else the email."""
    return str(person.get("user_id") or person.get("email"))


def json_text(value: Any) -> str:
    """Return `value` as JSON with its keys in order: in Python True equals 1, as JSON it does not."""
    return msgspec.json.encode(value, order="sorted").decode()


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same JSON."""
    return msgspec.json.encode(one, order="sorted") == msgspec.json.encode(other, order="sorted")


def difference(before: Snapshot, after: Snapshot) -> list[str]:
    """Return what changed, a line each: "+" new, "-" gone, "~" changed with its fields."""
    pairs = zip(before.sections().items(), after.sections().values(), strict=True)
    return [line for (title, old), new in pairs for line in section_difference(title, old, new)]


def section_difference(title: str, old: Any, new: Any) -> Iterator[str]:
    """Return the lines about one part of a workspace."""
    if old is None or new is None or same(old, new):
        return
    if title == "fields":
        yield from record_difference("custom fields", old, new)
        return
    olds, news = keyed(title, old), keyed(title, new)
    for key in [*olds, *(key for key in news if key not in olds)]:
        if key not in news:
            yield f"- {key} {json_text(olds[key])}"
        elif key not in olds:
            yield f"+ {key} {json_text(news[key])}"
        elif not same(olds[key], news[key]):
            yield from record_difference(key, olds[key], news[key])


def keyed(title: str, records: tuple[Json, ...]) -> dict[str, Json]:
    """Return records by a readable name; a second record of a name gets a number."""
    found: dict[str, Json] = {}
    for record in records:
        plain = {"people": "person", "companies": "company", "events": "event"}[title]
        name = (
            name_of(record)
            if title == "people"
            else record.get("company_id" if title == "companies" else "name")
        )
        label = f"{plain} {name}"
        twins = sum(key.partition(" #")[0] == label for key in found)
        found[f"{label} #{twins + 1}" if twins else label] = record
    return found


def record_difference(key: str, old: Json, new: Json) -> Iterator[str]:
    """Return the changed fields of a record, one line each."""
    for field in sorted({*old, *new}):
        left, right = old.get(field), new.get(field)
        if not same(left, right):
            yield f"~ {key}: {field} {shown(left)} -> {shown(right)}"


def shown(value: Any) -> str:
    """Return a value for a person to read."""
    return "(none)" if value is None else json_text(value)
