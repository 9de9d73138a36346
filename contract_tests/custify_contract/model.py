"""Custify's promise about upserts, as small as it can be: plain dicts beside the fake."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from custify_contract.snapshot import Snapshot, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_transformer import HttpRequest

NOW: Final = "2026-06-01T12:00:00.000Z"  # the time that the fake is frozen at
KINDS: Final = ("people", "companies")
APART: Final = ("custom_attributes", "companies")
IDS: Final = ("user_id", "company_id", "deduplication_id")
DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT.+")


class Model:
    """A workspace in plain dicts, which takes the same requests as a Custify."""

    def __init__(self, start: Snapshot | None = None) -> None:
        known = start or Snapshot(fields={kind: {} for kind in KINDS})
        self.people = [{**person} for person in known.people]
        self.companies = [{**company} for company in known.companies]
        self.events = None if known.events is None else [{**event} for event in known.events]
        self.fields = None if known.fields is None else {kind: dict(known.fields[kind]) for kind in KINDS}

    def apply(self, request: HttpRequest) -> None:
        """Take a request that Custify accepts."""
        steps = {"/people": self.post_person, "/company": self.post_company, "/event": self.post_event}
        steps[urlsplit(request.endpoint).path](with_text_ids(request.body))

    def post_person(self, body: dict[str, Any]) -> None:
        """Create or update a person, and link or unlink companies."""
        person = self.find_person(body)
        if person is None:
            self.people.append(person := {"custom_attributes": {}, "companies": []})
        write(person, body)
        self.note("people", body)
        for link in map(with_text_ids, body.get("companies", ())):
            linked = {*person["companies"]} - {link["company_id"]}
            if not link.get("remove"):
                self.company_named(link["company_id"])
                linked.add(link["company_id"])
            person["companies"] = sorted(linked)

    def post_company(self, body: dict[str, Any]) -> None:
        """Create or update a company."""
        write(self.company_named(body["company_id"]), body)
        self.note("companies", body)

    def post_event(self, body: dict[str, Any]) -> None:
        """Record an event, linked to whom it names; one that counts only once for a deduplication_id."""
        counted = [event for event in self.events or () if not event.get("dropped")]
        twins = [event["deduplication_id"] for event in counted if "deduplication_id" in event]
        if self.events is None or body.get("deduplication_id") in twins:
            return
        person = self.find_person(body)
        company = next((c for c in self.companies if c["company_id"] == body.get("company_id")), None)
        linked = {"person": name_of(person) if person else None, "company": company and company["company_id"]}
        self.events.append(trimmed({"created_at": NOW, **body, **linked, "dropped": not (person or company)}))

    def find_person(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return the person with the user id of `body`, else the one with its email."""
        wanted = [(key, body[key]) for key in ("user_id", "email") if body.get(key)]
        found = (person for key, value in wanted for person in self.people if person.get(key) == value)
        return next(found, None)

    def company_named(self, company_id: str) -> dict[str, Any]:
        """Return the company with a company_id, made bare when it is not there."""
        known = next((company for company in self.companies if company["company_id"] == company_id), None)
        if known is None:
            self.companies.append(known := {"company_id": company_id, "custom_attributes": {}})
        return known

    def note(self, kind: str, body: dict[str, Any]) -> None:
        """Remember the names of custom attributes as custom fields."""
        if self.fields is not None:
            self.fields[kind] |= {
                name: field_type(v) for name, v in body.get("custom_attributes", {}).items()
            }

    def delete_person(self, name: str) -> None:
        """Forget a person; the events stay."""
        self.people = [person for person in self.people if name_of(person) != name]

    def delete_company(self, company_id: str) -> None:
        """Forget a company and its links; the people stay."""
        self.companies = [company for company in self.companies if company["company_id"] != company_id]
        for person in self.people:
            person["companies"] = [known for known in person["companies"] if known != company_id]

    def snapshot(self) -> Snapshot:
        """Return what the workspace must hold."""
        companies = tuple({**company, "people": self.members(company)} for company in self.companies)
        events = None if self.events is None else tuple(self.events)
        return Snapshot(tuple(self.people), companies, events, self.fields)

    def members(self, company: dict[str, Any]) -> list[str]:
        """Return the names of the people of a company."""
        return sorted(
            name_of(person) for person in self.people if company["company_id"] in person["companies"]
        )


def write(record: dict[str, Any], body: dict[str, Any]) -> None:
    """Write a body over a record: what it leaves out stays, custom attributes merge by name."""
    record |= {name: value for name, value in body.items() if name not in APART}
    record["custom_attributes"] = {**record["custom_attributes"], **body.get("custom_attributes", {})}


def with_text_ids(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body with its ids as text, as Custify keeps them."""
    return {name: str(value) if name in IDS and value is not None else value for name, value in body.items()}


def trimmed(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record without what it does not have."""
    return {name: value for name, value in record.items() if value is not None and value is not False}


def field_type(value: Any) -> str:
    """Return the type of a custom field that holds `value`."""
    if isinstance(value, str) and DATE.fullmatch(value):
        return "Date"
    return {bool: "Boolean", int: "Number", float: "Number"}.get(type(value), "String")


def applied(start: Snapshot, requests: Iterable[HttpRequest]) -> Snapshot:
    """Return what a workspace must hold after `requests`."""
    model = Model(start)
    for request in requests:
        model.apply(request)
    return model.snapshot()
