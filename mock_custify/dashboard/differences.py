"""Differences as rows of a table: between two profiles' requests, and between before and after."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from msgspec import structs

from mock_custify.dashboard.details import company_label, person_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from custify_transformer import HttpRequest
    from mock_custify.dataplane.delivery.named_records import NamedRecords
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.people.model import Person

DEEPEST: Final = 20
UNTOLD: Final = frozenset({"updated_at", "created_at"})  # the clock changes them, not the message


def compare(documented: Iterable[HttpRequest], production: Iterable[HttpRequest]) -> list[dict[str, Any]]:
    """Return the requests of both profiles in pairs, as {"documented", "production", "rows"}.

    A row is {"path", "documented", "production", "differs"}; a side that has no such field lacks the key.
    """
    return [
        {
            "documented": title(one),
            "production": title(other),
            "rows": request_rows(one, other),
        }
        for one, other in zip_longest(documented, production)
    ]


def request_rows(one: HttpRequest | None, other: HttpRequest | None) -> list[dict[str, Any]]:
    """Return a row for each field of the two requests; headers come last, and only those that differ."""
    found = list(rows(fields_of(one), fields_of(other), ("documented", "production")))
    headers = [row for row in found if row["path"].startswith("headers.") and row["differs"]]
    return [row for row in found if not row["path"].startswith("headers.")] + headers


def title(request: HttpRequest | None) -> str | None:
    """Return a request in a few words, such as "POST /people"."""
    return f"{request.method} {urlsplit(request.endpoint).path}" if request else None


def fields_of(request: HttpRequest | None) -> dict[str, Any]:
    """Return what a request says: its parameters, its body, and the headers that are not the API key."""
    if request is None:
        return {}
    headers = {name: value for name, value in request.headers.items() if name != "Authorization"}
    return {**flat(request.body, "body"), **flat(request.params, "params"), **flat(headers, "headers")}


def flat(value: Any, path: str, depth: int = 0) -> dict[str, Any]:
    """Return the scalars inside a JSON value by their path; what is nested too deeply stays whole."""
    if not value or depth > DEEPEST or not isinstance(value, dict | list):
        return {} if value in ({}, []) and depth == 0 else {path: value}
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found: dict[str, Any] = {}
    for key, part in inner:
        found |= flat(part, f"{path}[{key}]" if isinstance(value, list) else f"{path}.{key}", depth + 1)
    return found


def rows(one: dict[str, Any], other: dict[str, Any], sides: tuple[str, str]) -> Iterator[dict[str, Any]]:
    """Return a row for each path of either side, in their order; 1 and true differ, as in JSON."""
    for path in dict.fromkeys((*one, *other)):
        cells = {side: part[path] for side, part in zip(sides, (one, other), strict=True) if path in part}
        both = len(cells) == len(sides)
        same = (
            both and one[path] == other[path] and isinstance(one[path], bool) == isinstance(other[path], bool)
        )
        yield {"path": path, **cells, "differs": not same}


def change(before: NamedRecords, after: NamedRecords) -> dict[str, Any]:
    """Return what became of people, companies, associations and events between two standings."""
    return {
        "people": changed(before.people, after.people, person_label),
        "companies": changed(before.companies, after.companies, company_label),
        "associations": associations(before, after),
        "event": after.newest if after.events > before.events else None,
    }


def changed(
    before: tuple[Any, ...], after: tuple[Any, ...], label: Callable[[Any], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return each record of either side with its status: created, changed, unchanged or deleted."""
    old, new = ({record.id: record for record in side} for side in (before, after))
    return [
        {
            **label(new.get(key) or old[key]),
            "status": status_of(old.get(key), new.get(key)),
            "rows": list(rows(told(old.get(key)), told(new.get(key)), ("before", "after"))),
        }
        for key in dict.fromkeys((*old, *new))
    ]


def status_of(old: Person | Company | None, new: Person | Company | None) -> str:
    """Return in one word what became of a record."""
    if old is None:
        return "created"
    if new is None:
        return "deleted"
    return "unchanged" if told(old) == told(new) else "changed"


def told(record: Person | Company | None) -> dict[str, Any]:
    """Return the fields of a record that hold something, by path."""
    if record is None:
        return {}
    held = {name: value for name, value in structs.asdict(record).items() if name not in UNTOLD}
    found: dict[str, Any] = {}
    for name, value in held.items():
        found |= flat(list(value) if isinstance(value, tuple) else value, name)
    return {path: value for path, value in found.items() if value is not None}


def associations(before: NamedRecords, after: NamedRecords) -> list[dict[str, Any]]:
    """Return the links of either side with their status: associated, dissociated or kept."""
    people = {person.id: person_label(person) for person in (*before.people, *after.people)}
    companies = {company.id: company_label(company) for company in (*before.companies, *after.companies)}
    old, new = set(before.links), set(after.links)
    return [
        {
            "person": people[person],
            "company": companies[company],
            "status": "kept" if (person, company) in old & new else word(is_new=(person, company) in new),
        }
        for person, company in dict.fromkeys((*before.links, *after.links))
    ]


def word(*, is_new: bool) -> str:
    """Return what became of a link that one side lacks."""
    return "associated" if is_new else "dissociated"
