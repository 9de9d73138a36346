"""The calls about tickets."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.model import AnyOf, Sorting
from mock_custify.api.paging import SortOrderQuery, asked_filters, json_parameter
from mock_custify.resources.people.views import Deleted
from mock_custify.resources.tickets import rules
from mock_custify.resources.tickets.filters import SCHEMA
from mock_custify.resources.tickets.model import Reply, Ticket, TicketAnswer, TicketBody, TicketListing
from mock_custify.workspace import Workspace

tickets = Blueprint("tickets", __name__)


class TicketsOfQuery(SortOrderQuery, kw_only=True, rename="camel"):
    """The page, the filters and the order of a list of tickets."""

    sort: str = "openedAt"
    filters: Annotated[
        str,
        json_parameter(
            SCHEMA, "A JSON array of filters. A record must match each field, by any of its values."
        ),
    ] = ""
    search_term: str = ""

    def asked_sorting(self) -> Sorting:
        """Return the order."""
        return Sorting(field=self.sort or "openedAt", direction=self.order)


class TicketQuery(TicketsOfQuery, kw_only=True, rename="camel"):
    """Which page of the tickets, or the one with an external id."""

    external_id: str = ""


class TicketsPage(Struct, kw_only=True):
    """One page of tickets, and the number of all tickets."""

    tickets: list[TicketListing]
    total: int


@tickets.post("/ticket")
@call(
    statuses=(400,),
    example={"externalId": "T-1", "title": "No login", "ticketStatus": "open", "company": "g1"},
)
def create_ticket(workspace: Workspace, body: TicketBody) -> TicketAnswer:
    """Create a ticket on a company or a person."""
    return rules.ticket_answer(workspace, rules.create_ticket(workspace, body))


@tickets.get("/ticket")
@call(statuses=(400,))
def list_tickets(workspace: Workspace, query: TicketQuery) -> TicketsPage:
    """List tickets, the last one opened first."""
    return page_of(workspace, found_for(workspace, query, query.external_id), query)


@tickets.get("/ticket/<entity>")
@call(statuses=(400, 404))
def list_tickets_of(workspace: Workspace, entity: str, query: TicketsOfQuery) -> TicketsPage:
    """List the tickets on a company or a person, by its internal id."""
    rules.check_entity(workspace, entity)
    found = [
        ticket
        for ticket in found_for(workspace, query)
        if entity in ticket.company or entity in ticket.people
    ]
    return page_of(workspace, found, query)


@tickets.put("/ticket/<entity>")
@call(statuses=(400,), example={"ticketStatus": "solved"})
def update_ticket(workspace: Workspace, entity: str, body: TicketBody) -> TicketAnswer:
    """Update the ticket with an externalId; fields that are left out are kept, `replies` are replaced."""
    return rules.ticket_answer(workspace, rules.update_ticket(workspace, entity, body))


@tickets.delete("/ticket/<entity>")
@call(statuses=(404,))
def delete_ticket(workspace: Workspace, entity: str) -> Deleted:
    """Delete the ticket with an externalId."""
    rules.delete_ticket(workspace, entity)
    return Deleted(1)


@tickets.post("/ticket/<external_id>/reply")
@call(
    statuses=(400,),
    example={"from": "Jane", "body": "Try again", "type": "outgoing", "submittedAt": "2026-01-31T12:00:00Z"},
)
def add_reply(workspace: Workspace, external_id: str, body: Reply) -> TicketAnswer:
    """Append a reply to the ticket with an externalId."""
    return rules.ticket_answer(workspace, rules.add_reply(workspace, external_id, body))


def found_for(workspace: Workspace, query: TicketsOfQuery, external_id: str = "") -> list[Ticket]:
    """Return the tickets that a query asks for; raise InvalidRequestError."""
    filters = asked_filters(query.filters, AnyOf)
    return rules.find_tickets(workspace, filters, query.asked_sorting(), query.search_term, external_id)


def page_of(workspace: Workspace, found: list[Ticket], query: TicketsOfQuery) -> TicketsPage:
    """Return the asked page of tickets."""
    page = [rules.ticket_listing(workspace, ticket) for ticket in query.cut(found)]
    return TicketsPage(tickets=page, total=len(found))
