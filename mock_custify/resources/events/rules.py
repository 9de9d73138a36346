"""The rules about events: whom an event belongs to, and which one counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.kinds import read_moment, read_named
from mock_custify.resources.companies.rules import find_company
from mock_custify.resources.events.model import (
    EVENTS,
    LONGEST_METADATA,
    MOST_KEYS,
    Event,
    read_short_identifier,
    read_short_text,
)
from mock_custify.resources.people.rules import find_person
from mock_custify.values import UNSET, read_date
from mock_custify.workspace.custom_fields import check_value

if TYPE_CHECKING:
    from mock_custify.resources.events.model import EventPost, EventState
    from mock_custify.workspace.workspace import Workspace


def record_event(workspace: Workspace, request: EventPost) -> None:
    """Store an event, linked to the person and the company it names.

    A deduplication_id seen before makes it count once. Raises InvalidRequestError; and NotFoundError for an
    event without an existing person or company, which is kept as dropped.
    Source: vendor's API description, section 9; docs/decisions.md.
    """
    event = event_of(workspace, request)
    if workspace.records[EVENTS].seen(event.deduplication_id):
        return
    workspace.records[EVENTS].add(structs.replace(event, id=workspace.records.ids.next()))
    if event.dropped:
        raise NotFoundError(event.dropped)
    workspace.records.fields.note("events", event.metadata)


def event_of(workspace: Workspace, request: EventPost) -> Event:
    """Return the event that `request` describes, without an id; raise InvalidRequestError."""
    user_id, email, company_id, deduplication_id = [
        read_named(name, read_short_identifier, getattr(request, name)) for name in IDENTIFIERS
    ]
    if not (user_id or email or company_id):
        raise InvalidRequestError(
            "user_id, email or company_id is required: the event names no person and no company"
        )
    now = workspace.clock.stamp()
    person = find_person(workspace, user_id, email)
    company = find_company(workspace, company_id) if company_id else None
    found = person or (None if user_id or email else company)
    return Event(
        id="",
        name=read_named("name", read_name, request.name),
        created_at=now
        if request.created_at is UNSET
        else read_named("created_at", read_moment, request.created_at),
        received_at=now,
        user_id=user_id,
        email=email,
        company_id=company_id,
        deduplication_id=deduplication_id,
        metadata=checked_metadata(request.metadata),
        person=person.id if person else None,
        company=company.id if company and found else None,
        dropped=None if found else missing(user_id, email, None if company else company_id),
    )


def read_name(value: Any) -> str:
    """Return the name of an event, which is not empty."""
    name = read_short_text(value)
    if not name:
        raise InvalidRequestError("must not be empty")
    return name


def checked_metadata(sent: Any) -> dict[str, Any]:
    """Return the metadata of an event; raise InvalidRequestError for too much, an array or an object."""
    metadata: dict[str, Any] = sent if isinstance(sent, dict) else {}
    if len(metadata) > MOST_KEYS:
        raise InvalidRequestError(f"metadata has at most {MOST_KEYS} keys, got {len(metadata)}")
    for name, value in metadata.items():
        if not name:
            raise InvalidRequestError("metadata: a name must not be empty")
        if value.__class__ is not str:
            check_value(f"metadata.{name[:80]}", value, None)
    printed = msgspec.json.encode(metadata)
    if len(printed) > LONGEST_METADATA and (size := len(printed.decode())) > LONGEST_METADATA:
        raise InvalidRequestError(f"metadata has at most {LONGEST_METADATA} characters as JSON, got {size}")
    return metadata


def missing(user_id: str | None, email: str | None, company_id: str | None) -> str:
    """Return why an event was dropped, naming what it named."""
    who = [f"{name} {value!r}" for name, value in (("user_id", user_id), ("email", email)) if value]
    wanted = " or ".join(
        [f"person with {part}" for part in who] + [f"company {company_id!r}"] * bool(company_id)
    )
    return f"there is no {wanted}"


@EVENTS.adds
def add_event(aside: Workspace, entry: EventState) -> None:
    """Store an event of a state."""
    changes = {name: value for name in EVENT_LINKS if (value := getattr(entry, name)) is not UNSET}
    event = structs.replace(event_of(aside, entry), **changes)
    read_date(event.received_at)
    aside.records[EVENTS].add(event if event.id else structs.replace(event, id=aside.records.ids.next()))
    if not event.dropped:
        aside.records.fields.note("events", event.metadata)


IDENTIFIERS: Final = ("user_id", "email", "company_id", "deduplication_id")
EVENT_LINKS: Final = ("id", "received_at", "person", "company", "dropped")


@EVENTS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take out every event of a deleted person or company."""
    workspace.records[EVENTS].forget(record_id)
