"""The tables of people, companies and events: searched, sorted and cut into pages on the server.

The page never holds a whole workspace, so that ten thousand people open as fast as ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeVar

from msgspec import Meta, Struct

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mock_custify.resources.companies.model import Company
    from mock_custify.resources.events.model import Event
    from mock_custify.resources.people.model import Person
    from mock_custify.workspace import Records

T = TypeVar("T")


class TableQuery(Struct, kw_only=True):
    """The part of a table with every word of `q`, sorted by a column: one page of `size` rows."""

    q: str = ""
    sort: str = ""
    direction: Literal["asc", "desc"] = "asc"
    page: Annotated[int, Meta(ge=1, le=10**9)] = 1
    size: Annotated[int, Meta(ge=1, le=200)] = 50


class Table(Struct, kw_only=True):
    """One page of a table, how many records the search found, and how many there are."""

    rows: list[dict[str, Any]]
    found: int
    total: int


PERSON_COLUMNS: Final[Mapping[str, Callable[[Records, Person], Any]]] = {
    "name": lambda _, person: person.name,
    "user_id": lambda _, person: person.user_id,
    "email": lambda _, person: person.email,
    "companies": lambda records, person: len(records[MEMBERSHIPS].companies_of(person.id)),
    "events": lambda records, person: len(records[EVENTS].of_person.get(person.id, ())),
    "updated_at": lambda _, person: person.updated_at,
}
COMPANY_COLUMNS: Final[Mapping[str, Callable[[Records, Company], Any]]] = {
    "name": lambda _, company: company.name,
    "company_id": lambda _, company: company.company_id,
    "people": lambda records, company: records[MEMBERSHIPS].count_people(company.id),
    "plan": lambda _, company: company.plan,
    "size": lambda _, company: company.size,
    "updated_at": lambda _, company: company.updated_at,
}
EVENT_COLUMNS: Final[Mapping[str, Callable[[Records, Event], Any]]] = {
    "name": lambda _, event: event.name,
    "user_id": lambda _, event: event.user_id or event.email,
    "company_id": lambda _, event: event.company_id,
    "created_at": lambda _, event: event.created_at,
    "received_at": lambda _, event: event.received_at,
}


def people_table(records: Records, query: TableQuery) -> Table:
    """Return a page of people with the names of their companies."""
    found = select(records, records[PEOPLE], query, PERSON_COLUMNS, person_text)
    rows = [person_row(records, person) for person in page_of(found, query)]
    return Table(rows=rows, found=len(found), total=len(records[PEOPLE]))


def companies_table(records: Records, query: TableQuery) -> Table:
    """Return a page of companies with how many people they have."""
    found = select(records, records[COMPANIES], query, COMPANY_COLUMNS, company_text)
    rows = [row(records, company, COMPANY_COLUMNS) for company in page_of(found, query)]
    return Table(rows=rows, found=len(found), total=len(records[COMPANIES]))


def events_table(records: Records, query: TableQuery) -> Table:
    """Return a page of events, the newest first unless the query sorts them."""
    newest_first = reversed(records[EVENTS])
    found = select(records, newest_first, query, EVENT_COLUMNS, event_text)
    rows = [
        {
            **row(records, event, EVENT_COLUMNS),
            "dropped": event.dropped,
            "metadata": {name: value for name, value in event.metadata.items() if value is not None},
        }
        for event in page_of(found, query)
    ]
    return Table(rows=rows, found=len(found), total=len(records[EVENTS]))


def select(
    records: Records,
    candidates: Iterable[T],
    query: TableQuery,
    columns: Mapping[str, Callable[[Records, T], Any]],
    text_of: Callable[[Records, T], str],
) -> list[T]:
    """Return the candidates that the query finds, in its order; raise InvalidRequestError for its column."""
    words = query.q.casefold().split()
    found = [record for record in candidates if not words or holds(text_of(records, record), words)]
    if not query.sort:
        return found
    if query.sort not in columns:
        raise InvalidRequestError(f"there is no column {query.sort!r}: sort by {', '.join(columns)}")
    column = columns[query.sort]
    filled = [record for record in found if column(records, record) is not None]
    empty = [record for record in found if column(records, record) is None]
    filled.sort(key=lambda record: rank(column(records, record)), reverse=query.direction == "desc")
    return filled + empty


def holds(text: str, words: list[str]) -> bool:
    """Return whether `text` contains all `words`, ignoring case."""
    folded = text.casefold()
    return all(word in folded for word in words)


def rank(value: Any) -> Any:
    """Return what a value is sorted by: text without regard to case."""
    return value.casefold() if isinstance(value, str) else value


def page_of(found: list[T], query: TableQuery) -> list[T]:
    """Return the records of the page that the query names."""
    return found[(query.page - 1) * query.size : query.page * query.size]


def row(
    records: Records, record: Any, columns: Mapping[str, Callable[[Records, Any], Any]]
) -> dict[str, Any]:
    """Return the cells of a record by column, and its internal id."""
    return {"id": record.id, **{name: cell(records, record) for name, cell in columns.items()}}


def person_row(records: Records, person: Person) -> dict[str, Any]:
    """Return the cells of a person; `company_names` says which companies the number counts."""
    companies = (records[COMPANIES].get(company) for company in records[MEMBERSHIPS].companies_of(person.id))
    names = [company.name or company.company_id for company in companies if company]
    return {**row(records, person, PERSON_COLUMNS), "company_names": names}


def person_text(records: Records, person: Person) -> str:
    """Return what a search for people looks at: identifiers, names, attributes, companies."""
    linked = map(records[COMPANIES].get, records[MEMBERSHIPS].companies_of(person.id))
    names = [f"{company.company_id} {company.name}" for company in linked if company]
    known = (person.name, person.user_id, person.email, person.phone, person.id)
    return "\n".join(map(str, (*known, *names, *person.custom_attributes.values())))


def company_text(_records: Records, company: Company) -> str:
    """Return what a search for companies looks at."""
    known = (company.name, company.company_id, company.plan, company.industry, company.website, company.id)
    return "\n".join(map(str, (*known, *company.custom_attributes.values())))


def event_text(_records: Records, event: Event) -> str:
    """Return what a search for events looks at."""
    known = (event.name, event.user_id, event.email, event.company_id, event.id)
    return "\n".join(map(str, (*known, *event.metadata.values(), "dropped" if event.dropped else "")))
