"""The stored records that a call names; read before and after a call, they show what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from mock_custify.kinds import identifier
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.events.model import Event
    from mock_custify.resources.people.model import Person
    from mock_custify.workspace.records import Records

IDENTIFIERS: Final = ("user_id", "email")


@dataclass(frozen=True, slots=True)
class NamedRecords:
    """The people and companies that some bodies name, and the companies that these people belong to.

    `links` are internal ids as (person, company); `events` counts all events, `newest` is the last of them.
    Records are immutable, so a standing costs a few references.
    """

    people: tuple[Person, ...]
    companies: tuple[Company, ...]
    links: tuple[tuple[str, str], ...]
    events: int
    newest: Event | None


def find_named_records(records: Records, bodies: Iterable[Any]) -> NamedRecords:
    """Return references to the records that the bodies of calls name; never raises for a body."""
    named = [body for body in bodies if isinstance(body, dict)]
    people = {person.id: person for body in named for person in people_named(records, body)}
    companies = {company.id: company for body in named for company in companies_named(records, body)}
    links = [(person, key) for person in people for key in records[MEMBERSHIPS].companies_of(person)]
    companies |= {key: records[COMPANIES].by_id[key] for _, key in links}
    newest = records[EVENTS].newest()
    return NamedRecords(
        tuple(people.values()), tuple(companies.values()), tuple(links), len(records[EVENTS]), newest
    )


def people_named(records: Records, body: Mapping[str, Any]) -> Iterator[Person]:
    """Return the stored people that a body names by user_id or email."""
    for name in IDENTIFIERS:
        if name in body and (found := records[PEOPLE].find(name, identifier(body[name]))) is not None:
            yield found


def companies_named(records: Records, body: Mapping[str, Any]) -> Iterator[Company]:
    """Return the stored companies that a body names, itself or in its list of companies."""
    listed = body.get("companies")
    links = [link for link in listed if isinstance(link, dict)] if isinstance(listed, list) else []
    for part in (body, *links):
        company_id = identifier(part.get("company_id"))
        if company_id and (found := records[COMPANIES].find("company_id", company_id)) is not None:
            yield found
