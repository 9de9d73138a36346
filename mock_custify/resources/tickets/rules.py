"""The rules about tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from mock_custify.api.lists import field_reader, newest_first, ordered
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources import checked
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import find_company, referred_company
from mock_custify.resources.linked import unlink
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import find_person, referred_person
from mock_custify.resources.tickets.filters import mentions, ticket_test
from mock_custify.resources.tickets.model import TICKETS, Reply, Ticket, TicketAnswer, TicketListing
from mock_custify.resources.tickets.model import PersonOfTicket as OfTicket
from mock_custify.values import Text, as_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mock_custify.api.filters.model import AnyOf, Sorting
    from mock_custify.resources.checked import Check
    from mock_custify.resources.tickets.model import TicketBody
    from mock_custify.workspace.workspace import Workspace


def company_of(workspace: Workspace, name: str, company_id: Text) -> tuple[str, ...]:
    """Return the internal id of the company with a company_id; raise InvalidRequestError."""
    company = find_company(workspace, as_text(company_id))
    if company is None:
        raise InvalidRequestError(f"{name}: there is no company with the company_id {company_id!r}")
    return (company.id,)


def person_of(workspace: Workspace, name: str, reference: Text) -> tuple[str, ...]:
    """Return the internal id of the person with a user_id or an email; raise InvalidRequestError."""
    person = find_person(workspace, as_text(reference), as_text(reference))
    if person is None:
        raise InvalidRequestError(f"{name}: there is no person with the user_id or email {reference!r}")
    return (person.id,)


def replies_of(workspace: Workspace, name: str, replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """Return replies, each dated; raise InvalidRequestError."""
    return tuple(dated(workspace, f"{name}[{index}].", reply) for index, reply in enumerate(replies))


def dated(workspace: Workspace, place: str, reply: Reply) -> Reply:
    """Return a reply, written now when it does not say when; raise InvalidRequestError."""
    moment = reply.submittedAt or workspace.clock.stamp()
    return structs.replace(reply, submittedAt=checked.date(workspace, f"{place}submittedAt", moment))


CHECKS: Final[Mapping[str, Check]] = {
    "externalId": lambda _workspace, _name, value: as_text(value),
    "company": company_of,
    "people": person_of,
    "openedAt": checked.date,
    "lastModifiedAt": checked.date,
    "replies": replies_of,
}


def create_ticket(workspace: Workspace, request: TicketBody) -> Ticket:
    """Create a ticket, opened now when it does not say when; raise InvalidRequestError.

    Source: POST /ticket.
    """
    sent = sent_fields(workspace, request)
    opened = sent.pop("openedAt", None) or workspace.clock.stamp()
    return add_ticket(workspace, Ticket(**sent, openedAt=opened, provider="api"))


def update_ticket(workspace: Workspace, external_id: str, request: TicketBody) -> Ticket:
    """Write the fields of `request` over a ticket, its replies included; raise InvalidRequestError.

    Source: PUT /ticket/{ticketExternalId}.
    """
    return rewritten(workspace, known_ticket(workspace, external_id), sent_fields(workspace, request))


def add_reply(workspace: Workspace, external_id: str, reply: Reply) -> Ticket:
    """Append a reply to a ticket; raise InvalidRequestError. Source: POST /ticket/{..}/reply."""
    known = known_ticket(workspace, external_id)
    return rewritten(workspace, known, {"replies": (*known.replies, dated(workspace, "", reply))})


def sent_fields(workspace: Workspace, request: TicketBody) -> dict[str, Any]:
    """Return the fields that a client sent; raise InvalidRequestError."""
    sent = checked.checked(workspace, request, CHECKS)
    return {name: () if value is None and name in LINKS else value for name, value in sent.items()}


LINKS: Final = frozenset({"company", "people"})


def rewritten(workspace: Workspace, known: Ticket, changes: dict[str, Any]) -> Ticket:
    """Store a ticket with `changes` and return it; raise InvalidRequestError."""
    ticket = structs.replace(known, **changes, updated_at=workspace.clock.stamp())
    refuse_taken(workspace, ticket)
    workspace.records[TICKETS].put(ticket)
    return ticket


def known_ticket(workspace: Workspace, external_id: str) -> Ticket:
    """Return the ticket of an external id; raise InvalidRequestError, as the vendor lists no 404."""
    ticket = workspace.records[TICKETS].find("externalId", external_id)
    if ticket is None:
        raise InvalidRequestError(f"there is no ticket with the externalId {external_id!r}")
    return ticket


def refuse_taken(workspace: Workspace, ticket: Ticket) -> None:
    """Raise InvalidRequestError when another ticket has the external id of `ticket`."""
    holder = workspace.records[TICKETS].find("externalId", ticket.externalId) if ticket.externalId else None
    if holder is not None and holder.id != ticket.id:
        raise InvalidRequestError(
            f"externalId {ticket.externalId!r} belongs to another ticket: change that one with PUT"
        )


@TICKETS.adds
def add_ticket(workspace: Workspace, ticket: Ticket) -> Ticket:
    """Store a ticket with the companies and people it names; raise InvalidRequestError."""
    refuse_taken(workspace, ticket)
    companies = ((one, referred_company(workspace, one)) for one in ticket.company)
    people = ((one, referred_person(workspace, one)) for one in ticket.people)
    named = structs.replace(
        ticket,
        company=tuple(known.id if known else one for one, known in companies),
        people=tuple(known.id if known else one for one, known in people),
    )
    return place(workspace, TICKETS, named)


def delete_ticket(workspace: Workspace, external_id: str) -> None:
    """Delete the ticket with an externalId; raise NotFoundError."""
    ticket = workspace.records[TICKETS].find("externalId", external_id)
    if ticket is None:
        raise NotFoundError(f"there is no ticket with the externalId {external_id!r}")
    workspace.records[TICKETS].remove(ticket)


def find_tickets(
    workspace: Workspace, filters: Sequence[AnyOf], sorting: Sorting, search: str, external_id: str = ""
) -> list[Ticket]:
    """Return the tickets that meet every filter, have `search` in a text, and the external id.

    An empty text asks for nothing. Raises InvalidRequestError.
    """
    test, text = ticket_test(workspace, filters), search.casefold()
    tickets = [one for one in workspace.records[TICKETS] if external_id in {"", one.externalId}]
    found = newest_first(one for one in tickets if test(one) and mentions(one, text))
    return ordered(found, sorting, field_reader(Ticket)(sorting.field))


def check_entity(workspace: Workspace, entity: str) -> None:
    """Raise NotFoundError when an internal id is neither one of a company nor one of a person."""
    records = workspace.records
    if records[COMPANIES].get(entity) is None and records[PEOPLE].get(entity) is None:
        raise NotFoundError(f"there is no company and no person with the id {entity!r}")


def ticket_listing(workspace: Workspace, ticket: Ticket) -> TicketListing:
    """Return a ticket as a list shows it."""
    return TicketListing(**shown(workspace, ticket) | {"replies": ()})


def ticket_answer(workspace: Workspace, ticket: Ticket) -> TicketAnswer:
    """Return a ticket as the answer to a write shows it."""
    return TicketAnswer(**shown(workspace, ticket))


def shown(workspace: Workspace, ticket: Ticket) -> dict[str, Any]:
    """Return the fields of a ticket with the names of its companies and people."""
    records = workspace.records
    companies = [company for one in ticket.company if (company := records[COMPANIES].get(one))]
    people = [person for one in ticket.people if (person := records[PEOPLE].get(one))]
    return structs.asdict(ticket) | {
        "companyNames": [{one.company_id or one.id: one.name or ""} for one in companies],
        "people": tuple(map(OfTicket, ticket.people)),
        "peopleNames": [one.name or one.email or one.user_id or one.id for one in people],
    }


@TICKETS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Remove a deleted person or company from tickets, and delete tickets without another one."""
    unlink(workspace, TICKETS, record_id)
