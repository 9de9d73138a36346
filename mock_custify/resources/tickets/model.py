"""A ticket of a help desk, on a company or a person."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType, field

from mock_custify.values import DATE_PATTERN, DateText, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

ReplyType: TypeAlias = Literal["note", "incoming", "outgoing"]
Moment: TypeAlias = Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})]


class Reply(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reply to a ticket; `from` is the name of the writer."""

    from_: str | None = field(default=None, name="from")
    body: str | None = None
    type: ReplyType | None = None
    submittedAt: Moment | None = None


class TicketBody(Struct, kw_only=True):
    """The body of POST /ticket and PUT /ticket/{externalId}; nothing is required, null empties a field.

    `company` is a company_id, `people` a user_id or an email.
    """

    externalId: Text | UnsetType | None = UNSET
    title: str | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    ticketStatus: str | UnsetType | None = UNSET
    priority: str | UnsetType | None = UNSET
    assignedToName: str | UnsetType | None = UNSET
    company: Text | UnsetType | None = UNSET
    people: Text | UnsetType | None = UNSET
    openedAt: Moment | UnsetType | None = UNSET
    lastModifiedAt: Moment | UnsetType | None = UNSET
    replies: list[Reply] | UnsetType = UNSET


class Ticket(Struct, frozen=True, kw_only=True):
    """A stored ticket; `company` and `people` are internal ids."""

    id: str = ""
    _id: str = ""
    externalId: str | None = None
    title: str | None = None
    description: str | None = None
    ticketStatus: str | None = None
    status: Literal["active", "inactive"] = "active"
    priority: str | None = None
    provider: str | None = None
    assignedTo: str | None = None
    assignedToName: str | None = None
    rating: str | None = None
    ratingAt: DateText | None = None
    openedAt: DateText | None = None
    lastModifiedAt: DateText | None = None
    company: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    created_at: DateText = ""
    updated_at: DateText = ""


class PersonOfTicket(Struct, frozen=True):
    """A person of a ticket, by internal id."""

    id: str


class TicketListing(Ticket, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket in a list: without replies, and without fields that have no value.

    `companyNames` has an object for each company: its company_id and its name.
    """

    id: str
    _id: str
    status: Literal["active", "inactive"]
    company: tuple[str, ...]
    companyNames: list[dict[str, str]]
    people: tuple[PersonOfTicket, ...]  # type: ignore[assignment] # the vendor writes ids and reads objects
    peopleNames: list[str]
    tags: tuple[str, ...]
    created_at: DateText
    updated_at: DateText


class TicketAnswer(TicketListing, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket in the answer to a write: with its replies."""

    replies: tuple[Reply, ...]


TICKETS: Final = Section("tickets", Ticket, lambda: Collection[Ticket]("externalId"))
