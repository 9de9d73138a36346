"""The state that a workspace must have after requests: a model of Custify's upserts in plain dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from custify_contract.expected_values import field_type
from custify_contract.observed_state import ObservedState, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_transformer import HttpRequest

NOW: Final = "2026-06-01T12:00:00.000Z"  # the frozen clock of the fake
KINDS: Final = ("people", "companies", "events")
NEVER_UNSET: Final = ("custom_attributes", "companies", "parents", "churned")
FLAGS: Final = ("unsubscribed_from_emails", "unsubscribed_from_calls")
MERGED: Final = ("custom_attributes", "companies", "parent_companies", "$unset")
IDS: Final = ("user_id", "company_id", "deduplication_id")
NEW_PERSON: Final = {"unsubscribed_from_emails": False, "unsubscribed_from_calls": False}


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
        person = self.identified(body)
        if person is None:
            self.people.append(person := {**NEW_PERSON, "custom_attributes": {}, "companies": []})
        self.write_person(person, body)

    def write_person(self, person: dict[str, Any], body: dict[str, Any]) -> None:
        """Write a body into a person, whose events follow it to another name; link and unlink companies."""
        old_name = name_of(person)
        update_record(person, body)
        for event in self.events or ():
            if event.get("person") == old_name:
                event["person"] = name_of(person)
        self.add_fields("people", body.get("custom_attributes"))
        for link in map(with_text_ids, body.get("companies", ())):
            linked = {*person["companies"]} - {link["company_id"]}
            if not is_removed(link):
                self.ensure_company(link["company_id"])
                linked.add(link["company_id"])
            person["companies"] = sorted(linked)

    def post_company(self, body: dict[str, Any]) -> None:
        """Upsert a company; add or take away the companies above it."""
        company = self.ensure_company(body["company_id"])
        update_record(company, body)
        for link in map(with_text_ids, body.get("parent_companies", ())):
            others = {*company.pop("parents", ())} - {link["company_id"]}
            parents = others if is_removed(link) else {*others, link["company_id"]}
            company |= {"parents": sorted(parents)} if parents else {}
        self.add_fields("companies", body.get("custom_attributes"))

    def post_event(self, body: dict[str, Any]) -> None:
        """Record an event, linked to its person and company; ignore a known deduplication_id.

        An event that names a person is dropped when the person is unknown, and one that names only a company
        when that is unknown. A dropped event does not make its deduplication_id known.
        """
        counted = [event for event in self.events or () if not event.get("dropped")]
        known_ids = [event["deduplication_id"] for event in counted if "deduplication_id" in event]
        if self.events is None or body.get("deduplication_id") in known_ids:
            return
        person, company = self.find_person(body), self.find_company(body.get("company_id"))
        links = {"person": person and name_of(person), "company": company and company["company_id"]}
        names_person = body.get("user_id") or body.get("email")
        dropped = not person if names_person else not company
        links = {} if dropped else links
        event = {**body, **links, "dropped": dropped}
        self.events.append(
            {k: value for k, value in event.items() if value is not None and value is not False}
        )
        if not dropped:
            self.add_fields("events", body.get("metadata"))

    def identified(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return the person that an upsert of `body` changes; None when it creates one.

        With a user_id of nobody on record, the email finds only a person who has no user_id.
        """
        found = self.find_person(body)
        if found and body.get("user_id") and found.get("user_id") not in {None, body["user_id"]}:
            others = (
                one for one in self.people if one.get("email") == body["email"] and "user_id" not in one
            )
            return next(others, None)
        return found

    def find_person(self, body: dict[str, Any]) -> dict[str, Any] | None:
        """Return the person with the user_id of `body`, else the oldest one with its email."""
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
            company = {"company_id": company_id, "churned": False, "custom_attributes": {}}
            self.companies.append(company)
        return company

    def add_fields(self, kind: str, attributes: dict[str, Any] | None) -> None:
        """Add a custom field for each attribute that is new; the first value fixes the type."""
        if self.fields is not None:
            given = {name: value for name, value in (attributes or {}).items() if value is not None}
            new = {name: field_type(value, name) for name, value in given.items()}
            self.fields[kind] = {**new, **self.fields[kind]}

    def delete_person(self, name: str) -> None:
        """Delete a person and the events of that person."""
        self.people = [person for person in self.people if name_of(person) != name]
        self.delete_events("person", name)

    def delete_company(self, company_id: str) -> None:
        """Delete a company, its associations and its events; the people stay."""
        self.companies = [company for company in self.companies if company["company_id"] != company_id]
        self.delete_events("company", company_id)
        for person in self.people:
            person["companies"] = [known for known in person["companies"] if known != company_id]
        for child in [company for company in self.companies if company_id in company.get("parents", ())]:
            others = [parent for parent in child.pop("parents") if parent != company_id]
            child.update({"parents": others} if others else {})

    def delete_events(self, link: str, name: str) -> None:
        """Delete the events that are linked to a deleted record."""
        if self.events is not None:
            self.events = [event for event in self.events if event.get(link) != name]

    def observe(self) -> ObservedState:
        """Return the state in the form that a Custify under test is observed in."""
        companies = tuple(
            {**company, "people": member_names(self.people, company["company_id"])}
            for company in self.companies
        )
        events = None if self.events is None else tuple(self.events)
        return ObservedState(tuple(self.people), companies, events, self.fields)


def update_record(record: dict[str, Any], body: dict[str, Any]) -> None:
    """Write the fields of `body` into a record, and empty those that `$unset` names.

    Absent fields stay, custom attributes merge by name.
    """
    record |= {name: value for name, value in body.items() if name not in MERGED}
    attributes = {**record["custom_attributes"], **body.get("custom_attributes", {})}
    unset = body.get("$unset", ())
    for name in {*unset} & {*record} - {*NEVER_UNSET}:
        record.pop(name)
    record |= {name: False for name in FLAGS if name in unset}
    record["custom_attributes"] = {
        name: value
        for name, value in attributes.items()
        if value is not None and f"custom_attributes.{name}" not in unset
    }


def is_removed(link: dict[str, Any]) -> bool:
    """Return whether a link takes a company away; a client may send true as text."""
    return str(link.get("remove")).lower() == "true"


def with_text_ids(body: dict[str, Any]) -> dict[str, Any]:
    """Return a body with its ids as text, as Custify stores them."""
    return {name: str(value) if name in IDS and value is not None else value for name, value in body.items()}


def member_names(people: Iterable[dict[str, Any]], company_id: str) -> list[str]:
    """Return the names of the people who are associated with a company."""
    return sorted(name_of(person) for person in people if company_id in person["companies"])


def state_after(start: ObservedState, requests: Iterable[HttpRequest]) -> ObservedState:
    """Return the state that a workspace must have after `requests`."""
    expected = ExpectedState(start)
    for request in requests:
        expected.apply(request)
    return expected.observe()
