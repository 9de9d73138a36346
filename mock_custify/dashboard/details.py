"""One person, company or event, with everything that hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_custify.errors import NotFoundError
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.answers import company_answer
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import get_company
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import get_person, person_answer
from mock_custify.workspace.custom_fields import field_type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.events.model import Event
    from mock_custify.resources.people.model import Person
    from mock_custify.workspace import Workspace

SHOWN: Final = 100


def person_detail(workspace: Workspace, person_id: str) -> dict[str, Any]:
    """Return a person with its typed attributes, companies and newest events; raise NotFoundError."""
    person = get_person(workspace, person_id)
    records = workspace.records
    linked = records[MEMBERSHIPS].companies_of(person.id)
    return {
        "person": person_answer(workspace, person),
        "attributes": typed(person.custom_attributes),
        "companies": [company_label(company) for key in linked if (company := records[COMPANIES].get(key))],
        "events": newest(records[EVENTS].of_person.get(person.id, ())),
        "event_count": len(records[EVENTS].of_person.get(person.id, ())),
    }


def company_detail(workspace: Workspace, company_id: str) -> dict[str, Any]:
    """Return a company with its typed attributes, first people and newest events; raise NotFoundError."""
    company = get_company(workspace, company_id)
    records = workspace.records
    linked = records[MEMBERSHIPS].people_of(company.id)
    events = events_around(workspace, company.id, linked)
    return {
        "company": company_answer(workspace, company),
        "attributes": typed(company.custom_attributes),
        "people": [person_label(person) for key in linked[:SHOWN] if (person := records[PEOPLE].get(key))],
        "people_count": len(linked),
        "events": newest(events),
        "event_count": len(events),
    }


def events_around(workspace: Workspace, company_id: str, people: Sequence[str]) -> list[Event]:
    """Return the events of a company and of its people, oldest first."""
    held = workspace.records[EVENTS]
    lists = (held.of_company.get(company_id, ()), *(held.of_person.get(person, ()) for person in people))
    found = {event.id: event for events in lists for event in events}
    return sorted(found.values(), key=lambda event: (event.received_at, event.id))


def event_detail(workspace: Workspace, event_id: str) -> dict[str, Any]:
    """Return an event with the person and the company it is linked to; raise NotFoundError."""
    records = workspace.records
    event = next((event for event in records[EVENTS] if event.id == event_id), None)
    if event is None:
        raise NotFoundError(f"there is no event with the id {event_id!r}")
    person, company = records[PEOPLE].get(event.person or ""), records[COMPANIES].get(event.company or "")
    return {
        "event": event,
        "metadata": typed({key: value for key, value in event.metadata.items() if value is not None}),
        "person": person_label(person) if person else None,
        "company": company_label(company) if company else None,
    }


def typed(attributes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return attributes as {"name", "value", "type"}, with the type that Custify gives the value."""
    return [{"name": name, "value": value, "type": field_type(value)} for name, value in attributes.items()]


def newest(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Return the events that arrived last, the newest first."""
    return [
        {"id": event.id, "name": event.name, "created_at": event.created_at}
        for event in list(events[-SHOWN:])[::-1]
    ]


def person_label(person: Person) -> dict[str, Any]:
    """Return what a link to a person shows."""
    return {"id": person.id, "name": person.name, "user_id": person.user_id, "email": person.email}


def company_label(company: Company) -> dict[str, Any]:
    """Return what a link to a company shows."""
    return {"id": company.id, "name": company.name, "company_id": company.company_id}
