"""The rules about events: whom an event belongs to, and which one counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.companies.rules import find_company
from mock_custify.resources.events.model import EVENTS, Event
from mock_custify.resources.people.rules import find_person
from mock_custify.values import UNSET, as_moment, as_text, named, read_date

if TYPE_CHECKING:
    from mock_custify.resources.events.model import EventPost, EventState
    from mock_custify.workspace.workspace import Workspace


def record_event(workspace: Workspace, request: EventPost) -> None:
    """Put an event on record, linked to the person and the company it names.

    A deduplication_id seen before makes it count once; an event for nobody on record is kept as dropped.
    Raises InvalidRequestError. Source: Custify API, POST /event; docs/decisions.md.
    """
    event = event_of(workspace, request)
    if not workspace.records[EVENTS].seen(event.deduplication_id):
        workspace.records[EVENTS].add(structs.replace(event, id=workspace.records.ids.next()))


def event_of(workspace: Workspace, request: EventPost) -> Event:
    """Return the event that `request` describes, without an id; raise InvalidRequestError."""
    user_id, email, company_id = named(request.user_id), named(request.email), named(request.company_id)
    if not (user_id or email or company_id):
        raise InvalidRequestError("user_id, email or company_id is required: the event names nobody")
    now = workspace.clock.stamp()
    person = find_person(workspace, user_id, email)
    company = find_company(workspace, company_id) if company_id else None
    return Event(
        id="",
        name=as_text(request.name),
        created_at=now if request.created_at in (None, UNSET) else as_moment(request.created_at),
        received_at=now,
        user_id=user_id,
        email=email,
        company_id=company_id,
        deduplication_id=named(request.deduplication_id),
        metadata=request.metadata if isinstance(request.metadata, dict) else {},
        person=person.id if person else None,
        company=company.id if company else None,
        dropped=None if person or company else missing(user_id, email, company_id),
    )


def missing(user_id: str | None, email: str | None, company_id: str | None) -> str:
    """Return why an event was dropped, naming what it named."""
    who = [f"{name} {value!r}" for name, value in (("user_id", user_id), ("email", email)) if value]
    wanted = " or ".join(
        [f"person with {part}" for part in who] + [f"company {company_id!r}"] * bool(company_id)
    )
    return f"there is no {wanted}"


@EVENTS.adds
def add_event(aside: Workspace, entry: EventState) -> None:
    """Put an event of a state on record."""
    changes = {name: value for name in EVENT_LINKS if (value := getattr(entry, name)) is not UNSET}
    event = structs.replace(event_of(aside, entry), **changes)
    read_date(event.received_at)
    aside.records[EVENTS].add(event if event.id else structs.replace(event, id=aside.records.ids.next()))


EVENT_LINKS: Final = ("id", "received_at", "person", "company", "dropped")
