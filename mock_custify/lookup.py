"""Finds records in the state of a workspace, by the identifiers that a test knows."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from mock_custify.resources.companies.model import CompanyAnswer
from mock_custify.resources.events.model import Event
from mock_custify.resources.people.model import PersonAnswer


class StateView(Struct):
    """The part of a state that a test asks for; `companies` of a person are internal ids, as on the wire."""

    people: list[PersonAnswer]
    companies: list[CompanyAnswer]
    memberships: list[dict[str, str | None]]
    events: list[Event]


def people_of(state: StateView) -> list[PersonAnswer]:
    """Return the people, oldest first, each with the company_ids of its companies."""
    names = {company.id: company.company_id for company in state.companies}
    return [
        structs.replace(person, companies=[names[company] for company in person.companies])
        for person in state.people
    ]


def events_of(state: StateView, **wanted: str | None) -> list[Event]:
    """Return the events that fit, oldest first.

    `user_id` and `email` also find events that name the same person by its other identifier; so does
    `company_id` for a company.
    """
    people = {person.id for person in state.people if fits(person, pick(wanted, "user_id", "email"))}
    companies = {company.id for company in state.companies if fits(company, pick(wanted, "company_id"))}
    return [
        event
        for event in state.events
        if fits(event, pick(wanted, "name"))
        and (event.person in people or fits(event, pick(wanted, "user_id", "email")))
        and (event.company in companies or fits(event, pick(wanted, "company_id")))
    ]


def pick(wanted: dict[str, str | None], *names: str) -> dict[str, str]:
    """Return the named ones of `wanted` that were given."""
    return {name: value for name in names if (value := wanted.get(name)) is not None}


def fits(record: Any, wanted: dict[str, str]) -> bool:
    """Tell whether a record has every wanted value."""
    return all(getattr(record, name) == value for name, value in wanted.items())
