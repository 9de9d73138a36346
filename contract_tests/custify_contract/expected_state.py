"""The state that a workspace must have after requests: a model of Custify's upserts in plain dicts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from custify_contract.observed_state import ObservedState, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_transformer import HttpRequest

NOW: Final = "2026-06-01T12:00:00.000Z"  # the frozen clock of the fake
KINDS: Final = ("people", "companies")
MERGED: Final = ("custom_attributes", "companies")
IDS: Final = ("user_id", "company_id", "deduplication_id")
DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT.+")


class ExpectedState:
    """A workspace in plain dicts; it applies the same requests as the Custify under test."""

    def __init__(self, start: ObservedState | None = None) -> None:
        known = start or ObservedState(fields={kind: {} for kind in KINDS})
        self.people = [{**person} for person in known.people]
        self.companies = [{**company} for company in known.companies]
        self.events = None if known.events is None else [{**event} for event in known.events]
        self.fields = None if known.fields is None else {kind: dict(known.fields[kind]) for kind in KINDS}

    def apply(self, request: HttpRequest) -> None:
        """Apply a request that Custify accepts."""
        steps = {"/people": self.post_person, "/company": self.post_company, "/event": self.post_event}
        steps[urlsplit(request.endpoint).path](with_text_ids(request.body))

    def post_person(self, body: dict[str, Any]) -> None:
        """Upsert a person; associate or dissociate the companies in the body."""
        person = self.find_person(body)
        if person is None:
            self.people.append(person := {"custom_attributes": {}, "companies": []})
        update_record(person, body)
        self.add_fields("people", body)
        for link in map(with_text_ids, body.get("companies", ())):
            linked = {*person["companies"]} - {link["company_id"]}
            if not link.get("remove"):
                self.ensure_company(link["company_id"])
                linked.add(link["company_id"])
            person["companies"] = sorted(linked)

    def post_company(self, body: dict[str, Any]) -> None:
        """Upsert a company."""
        update_record(self.ensure_company(body["company_id"]), body)
        self.add_fields("companies", body)

    def post_event(self, body: dict[str, Any]) -> None:
        """Record an event, linked to its person and company; ignore a known deduplication_id.

        A dropped event, of an unknown person and company, does not make its deduplication_id known.
        """
        counted = [event for event in self.events or () if not event.get("dropped")]
        known_ids = [event["deduplication_id"] for event in counted if "deduplication_id" in event]
        if self.events is None or body.get("deduplication_id") in known_ids:
            return
        person, company = self.find_person(body), self.find_company(body.get("company_id"))
        links = {"person": person and name_of(person), "company": company and company["company_id"]}
        event = {"created_at": NOW, **body, **links, "dropped": not (person or company)}
        self.events.append(
            {k: value for k, value in event.items() if value is not None and value is not False}
        )

    def find_person(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return the person with the user_id of `body`, else the one with its email."""
        wanted = [(key, body[key]) for key in ("user_id", "email") if body.get(key)]
        found = (person for key, value in wanted for person in self.people if person.get(key) == value)
        return next(found, None)

    def find_company(self, company_id: str | None) -> dict[str, Any] | None:
        """Return the company with a company_id."""
        return next((company for company in self.companies if company["company_id"] == company_id), None)

    def ensure_company(self, company_id: str) -> dict[str, Any]:
        """Return the company with a company_id; create it when it is missing."""
        company = self.find_company(company_id)
        if company is None:
            self.companies.append(company := {"company_id": company_id, "custom_attributes": {}})
        return company

    def add_fields(self, kind: str, body: dict[str, Any]) -> None:
        """Add a custom field for each custom attribute of a body."""
        if self.fields is not None:
            attributes = body.get("custom_attributes", {})
            self.fields[kind] |= {name: field_type(value) for name, value in attributes.items()}

    def delete_person(self, name: str) -> None:
        """Delete a person; the events stay."""
        self.people = [person for person in self.people if name_of(person) != name]

    def delete_company(self, company_id: str) -> None:
        """Delete a company and its associations; the people stay."""
        self.companies = [company for company in self.companies if company["company_id"] != company_id]
        for person in self.people:
            person["companies"] = [known for known in person["companies"] if known != company_id]

    def observe(self) -> ObservedState:
        """Return the state in the form that a Custify under test is observed in."""
        companies = tuple(
            {**company, "people": member_names(self.people, company["company_id"])}
            for company in self.companies
        )
        events = None if self.events is None else tuple(self.events)
        return ObservedState(tuple(self.people), companies, events, self.fields)


def update_record(record: dict[str, Any], body: dict[str, Any]) -> None:
    """Write the fields of `body` into a record: absent fields stay, custom attributes merge by name."""
    record |= {name: value for name, value in body.items() if name not in MERGED}
    record["custom_attributes"] = {**record["custom_attributes"], **body.get("custom_attributes", {})}


def with_text_ids(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body with its ids as text, as Custify stores them."""
    return {name: str(value) if name in IDS and value is not None else value for name, value in body.items()}


def field_type(value: Any) -> str:
    """Return the type of the custom field for a value."""
    if isinstance(value, str) and DATE.fullmatch(value):
        return "Date"
    return {bool: "Boolean", int: "Number", float: "Number"}.get(type(value), "String")


def member_names(people: Iterable[dict[str, Any]], company_id: str) -> list[str]:
    """Return the names of the people who are associated with a company."""
    return sorted(name_of(person) for person in people if company_id in person["companies"])


def state_after(start: ObservedState, requests: Iterable[HttpRequest]) -> ObservedState:
    """Return the state that a workspace must have after `requests`."""
    expected = ExpectedState(start)
    for request in requests:
        expected.apply(request)
    return expected.observe()
