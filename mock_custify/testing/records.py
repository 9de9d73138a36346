"""Finds records in the state of a workspace, by the identifiers that a test knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, structs

from mock_custify.resources.companies.model import CompanyAnswer
from mock_custify.resources.events.model import Event
from mock_custify.resources.people.model import PersonAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable

Record = TypeVar("Record")


class PersonRecord(PersonAnswer, frozen=True, kw_only=True):
    """A person as a test reads it; `companies` are company_ids."""

    companies: list[str]  # type: ignore[assignment] # the API has internal ids here, in a tuple


class StateView(Struct):
    """The part of a state that a test needs; `companies` of a person are internal ids, as in the API."""

    people: list[PersonRecord]
    companies: list[CompanyAnswer]
    memberships: list[dict[str, str | None]]
    events: list[Event]


def people_of(state: StateView) -> list[PersonRecord]:
    """Return the people, oldest first, each with the company_ids of its companies."""
    names = {company.id: company.company_id for company in state.companies}
    return [
        structs.replace(person, companies=[names[company] for company in person.companies])
        for person in state.people
    ]


def find_record(records: Iterable[Record], **identifiers: str | None) -> Record | None:
    """Return the first record that has every identifier given, or None; raise TypeError without any."""
    wanted = given(**identifiers)
    if not wanted:
        raise TypeError(f"give {' or '.join(identifiers)} to find the record")
    return next((record for record in records if has_values(record, wanted)), None)


def events_of(
    state: StateView, *, name: str | None, user_id: str | None, email: str | None, company_id: str | None
) -> list[Event]:
    """Return the events with every value given, oldest first.

    `user_id` and `email` also find events that name the same person by its other identifier; `company_id`
    does the same for a company.
    """
    of_person, of_company = given(user_id=user_id, email=email), given(company_id=company_id)
    people = {person.id for person in state.people if has_values(person, of_person)}
    companies = {company.id for company in state.companies if has_values(company, of_company)}
    return [
        event
        for event in state.events
        if has_values(event, given(name=name))
        and (event.person in people or has_values(event, of_person))
        and (event.company in companies or has_values(event, of_company))
    ]


def given(**values: str | None) -> dict[str, str]:
    """Return the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def has_values(record: Any, wanted: dict[str, str]) -> bool:
    """Tell whether a record has every wanted value."""
    return all(getattr(record, name) == value for name, value in wanted.items())
