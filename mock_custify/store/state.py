"""The whole workspace as JSON, and back: what GET and PUT /_mock/state exchange."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType, structs, to_builtins

from mock_custify.errors import InvalidRequestError
from mock_custify.models import Company, CompanyLink, CompanyUpsert, EventPost, Person, PersonUpsert
from mock_custify.models.values import DateText, ObjectId, Text, present
from mock_custify.store.companies import company_answer, find_company, refuse_taken_company_id
from mock_custify.store.events import event_of, named
from mock_custify.store.people import find_person, person_answer, refuse_taken
from mock_custify.store.records import Records
from mock_custify.store.workspace import Workspace


class PersonState(PersonUpsert, kw_only=True):
    """A person in a state; `companies` are internal ids or the links of an upsert."""

    companies: list[ObjectId | CompanyLink] | UnsetType | None = UNSET  # type: ignore[assignment]
    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


class CompanyState(CompanyUpsert, kw_only=True):
    """A company in a state."""

    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


class Membership(Struct, kw_only=True):
    """That a person, named by user_id or else email, belongs to a company."""

    company_id: Text
    user_id: Text | None = None
    email: Text | None = None


class EventState(EventPost, kw_only=True):
    """An event in a state."""

    id: ObjectId | UnsetType = UNSET
    received_at: DateText | UnsetType = UNSET


class StatePut(Struct, kw_only=True):
    """A whole workspace; a part left out is empty."""

    people: list[PersonState] = []
    companies: list[CompanyState] = []
    memberships: list[Membership] = []
    events: list[EventState] = []


def state_of(workspace: Workspace) -> dict[str, Any]:
    """Return the whole workspace; put back, it gives the same workspace again."""
    records = workspace.records
    return {
        "people": [person_answer(workspace, person) for person in records.people],
        "companies": [company_answer(workspace, company) for company in records.companies],
        "memberships": memberships(records),
        "events": to_builtins(list(records.events)),
        "custom_fields": records.fields.types,
    }


def memberships(records: Records) -> list[dict[str, str | None]]:
    """Return who belongs to which company, as {"user_id", "email", "company_id"}."""
    return [
        {
            "user_id": records.people.by_id[person].user_id,
            "email": records.people.by_id[person].email,
            "company_id": records.companies.by_id[company].company_id,
        }
        for person, company in records.associations
    ]


def wiped(records: Records) -> dict[str, int]:
    """Return how many records of each kind there are."""
    return {
        "people": len(records.people),
        "companies": len(records.companies),
        "memberships": sum(1 for _ in records.associations),
        "events": len(records.events),
    }


def build_records(workspace: Workspace, state: StatePut) -> Records:
    """Return the records that `state` describes, for `workspace` to take over.

    They are built aside: raises InvalidRequestError for a record without identity, a repeated one, or a
    link to one that is missing, and the workspace has not changed.
    """
    aside = Workspace()
    aside.clock = workspace.clock
    aside.records.ids = workspace.records.ids.copy()
    for part in (state.companies, state.people, state.events):
        for entry in part:
            aside.records.ids.skip(str(entry.id))
    for company in state.companies:
        add_company(aside, company)
    for person in state.people:
        add_person(aside, person)
    for membership in state.memberships:
        add_membership(aside, membership)
    for event in state.events:
        add_event(aside, event)
    return aside.records


def add_company(aside: Workspace, entry: CompanyState) -> None:
    """Put a company of a state on record."""
    if not present(entry.company_id):
        raise InvalidRequestError("companies: each company of a state needs a company_id")
    company = Company(company_id="", **founded(aside, entry)).merged(entry, founded_at(aside, entry))
    refuse_repeated(aside.records.companies.get(company.id), company.id)
    refuse_taken_company_id(aside, company)
    aside.records.companies.put(company)
    aside.records.fields.note("companies", entry.custom_attributes or {})


def add_person(aside: Workspace, entry: PersonState) -> None:
    """Put a person of a state on record, linked to the companies it lists."""
    if not (present(entry.user_id) or present(entry.email)):
        raise InvalidRequestError("people: each person of a state needs a user_id or an email")
    person = Person(**founded(aside, entry)).merged(entry, founded_at(aside, entry))
    refuse_repeated(aside.records.people.get(person.id), person.id)
    refuse_taken(aside, person)
    aside.records.people.put(person)
    aside.records.fields.note("people", entry.custom_attributes or {})
    for link in entry.companies or ():
        company_id = link if isinstance(link, str) else link.id
        company = aside.records.companies.get(str(company_id)) or find_company(aside, linked_id(link))
        if company is None:
            raise InvalidRequestError(
                f"people: {person.user_id or person.email} lists a company that is missing"
            )
        aside.records.associations.associate(person.id, company.id)


def linked_id(link: str | CompanyLink) -> str:
    """Return the company_id that a link of a state names, or ""."""
    return "" if isinstance(link, str) else named(link.company_id) or ""


def founded(aside: Workspace, entry: PersonState | CompanyState) -> dict[str, Any]:
    """Return the id, the times and the tags that an entry of a state brings, or fresh ones."""
    now = aside.clock.stamp()
    return {
        "id": str(entry.id) if present(entry.id) else aside.records.ids.next(),
        "created_at": now if entry.created_at is UNSET else entry.created_at,
        "updated_at": now,
        "tags": entry.tags,
    }


def founded_at(aside: Workspace, entry: PersonState | CompanyState) -> str:
    """Return when an entry of a state was last changed."""
    return aside.clock.stamp() if entry.updated_at is UNSET else entry.updated_at


def refuse_repeated(known: object, record_id: str) -> None:
    """Raise InvalidRequestError when an id stands in a state twice."""
    if known is not None:
        raise InvalidRequestError(f"the id {record_id!r} stands in the state twice")


def add_membership(aside: Workspace, entry: Membership) -> None:
    """Link a person and a company of a state."""
    person = find_person(aside, named(entry.user_id), named(entry.email))
    company = find_company(aside, named(entry.company_id) or "")
    if person is None or company is None:
        raise InvalidRequestError(
            f"memberships: {structs.asdict(entry)} names a record that the state does not hold"
        )
    aside.records.associations.associate(person.id, company.id)


def add_event(aside: Workspace, entry: EventState) -> None:
    """Put an event of a state on record."""
    event = event_of(aside, entry)
    changes = {name: value for name in ("id", "received_at") if (value := getattr(entry, name)) is not UNSET}
    aside.records.events.add(structs.replace(event, **changes))
