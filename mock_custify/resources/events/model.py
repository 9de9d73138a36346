"""An event: what a client sends to /event and what the workspace keeps of it."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.resources.events.log import EventLog
from mock_custify.values import AttributeName, DateText, Moment, Nothing, ObjectId, Scalar, Text
from mock_custify.workspace.section import Section

EventName = Annotated[str, Meta(min_length=1)] | int | float


class EventPost(Struct, kw_only=True):
    """The body of POST /event; it names a person, a company, or both."""

    name: EventName
    created_at: Moment | UnsetType | None = UNSET
    user_id: Text | UnsetType | None = UNSET
    email: Text | UnsetType | None = UNSET
    company_id: Text | UnsetType | None = UNSET
    deduplication_id: Text | UnsetType | None = UNSET
    metadata: dict[AttributeName, Scalar | None] | Nothing | UnsetType | None = UNSET


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """An event on record.

    `person` and `company` are the internal ids it is linked to; `dropped` says why it is linked to nobody.
    """

    id: str
    name: str
    created_at: str
    received_at: str
    user_id: str | None = None
    email: str | None = None
    company_id: str | None = None
    deduplication_id: str | None = None
    metadata: dict[str, Scalar | None] = {}
    person: str | None = None
    company: str | None = None
    dropped: str | None = None


class EventState(EventPost, kw_only=True):
    """An event in a state; whom it is linked to is worked out when the state does not say it."""

    id: ObjectId | UnsetType = UNSET
    received_at: DateText | UnsetType = UNSET
    person: str | UnsetType | None = UNSET
    company: str | UnsetType | None = UNSET
    dropped: str | UnsetType | None = UNSET


EVENTS: Final = Section("events", EventState, EventLog)
