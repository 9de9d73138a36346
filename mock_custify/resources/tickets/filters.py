"""What the filters and the search on tickets ask for. Source: vendor's API description, section 6.3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mock_custify.api.filters.any_of import any_of, any_of_schema
from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.segments.rules import buckets_reader
from mock_custify.resources.users import find_user

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mock_custify.api.filters.model import AnyOf
    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.tickets.model import Ticket
    from mock_custify.workspace.workspace import Workspace

FIELDS: Final = ("ticketStatus", "priority", "assignedToName", "provider", "tags", "csm", "segments")
SCHEMA: Final = any_of_schema(FIELDS)
SEARCHED: Final = (
    *("title", "description", "externalId", "ticketStatus", "priority", "provider"),
    *("assignedTo", "assignedToName"),
)


def ticket_test(workspace: Workspace, filters: Sequence[AnyOf]) -> Callable[[Ticket], bool]:
    """Return the test that the filters put to a ticket; raise InvalidRequestError that names the mistake."""
    segments = buckets_reader(workspace, COMPANY_FIELDS)
    plain = {name: reader_of(name) for name in FIELDS[:5]}
    return any_of(
        filters,
        {
            **plain,
            "csm": lambda ticket: [
                email for company in companies_of(workspace, ticket) for email in csm_of(workspace, company)
            ],
            "segments": lambda ticket: [
                segment for company in companies_of(workspace, ticket) for segment in segments(company)
            ],
        },
    )


def reader_of(name: str) -> Callable[[Any], Any]:
    """Return the function that reads a field of a ticket."""
    return lambda ticket: getattr(ticket, name)


def companies_of(workspace: Workspace, ticket: Ticket) -> list[Company]:
    """Return the companies of a ticket that exist."""
    companies = workspace.records[COMPANIES]
    return [known for one in ticket.company if (known := companies.get(one))]


def csm_of(workspace: Workspace, company: Company) -> list[str]:
    """Return how a filter can name the CSM of a company: as it is kept, and by email."""
    user = find_user(workspace, company.owners_csm)
    return [one for one in (company.owners_csm, user and user.email) if one]


def mentions(ticket: Ticket, text: str) -> bool:
    """Tell whether a text without case is in one of the text fields of a ticket."""
    return any(text in (getattr(ticket, name) or "").casefold() for name in SEARCHED)
