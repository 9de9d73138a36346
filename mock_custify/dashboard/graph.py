"""The map: which people and companies a picture can show, how they are linked, and what it leaves out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Final

from msgspec import Meta, Struct

from mock_custify.dashboard.tables import company_text, holds, person_text
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.model import PEOPLE

if TYPE_CHECKING:
    from mock_custify.resources.companies.model import Company
    from mock_custify.workspace import Records

READABLE: Final = 300
COMPANY_SHARE: Final = 5  # one node in so many is a company when there are too many of them


class GraphQuery(Struct, kw_only=True):
    """Which part of the map: records with every word of `q` and their neighbours, at most `limit` nodes."""

    q: str = ""
    limit: Annotated[int, Meta(ge=1, le=READABLE)] = READABLE


class Graph(Struct, kw_only=True):
    """The nodes of the map, its links as (person, company) ids, and how many records are left out."""

    companies: list[dict[str, Any]]
    people: list[dict[str, Any]]
    links: list[tuple[str, str]]
    left_out: dict[str, int]


def graph_of(records: Records, query: GraphQuery) -> Graph:
    """Return the largest companies and a fair share of the people of each, then people without company."""
    companies, people = candidates(records, query.q)
    room = len(companies) if len(companies) + len(people) <= query.limit else query.limit // COMPANY_SHARE
    shown = companies[: max(room, query.limit - len(people), 1)]
    chosen = shared_out(records, shown, people, query.limit - len(shown))
    ids = {company.id for company in shown}
    return Graph(
        companies=[
            {
                "id": company.id,
                "name": company.name or company.company_id,
                "people": members(records, company),
            }
            for company in shown
        ],
        people=[person_node(records, key) for key in chosen],
        links=[
            (key, company)
            for key in chosen
            for company in records[MEMBERSHIPS].companies_of(key)
            if company in ids
        ],
        left_out={"companies": len(companies) - len(shown), "people": len(people) - len(chosen)},
    )


def candidates(records: Records, text: str) -> tuple[list[Company], dict[str, None]]:
    """Return the companies, those with most people first, and the ids of the people that a search finds."""
    words = text.casefold().split()
    if not words:
        found, people = list(records[COMPANIES]), dict.fromkeys(records[PEOPLE].by_id)
    else:
        found = [company for company in records[COMPANIES] if holds(company_text(records, company), words)]
        people = {p.id: None for p in records[PEOPLE] if holds(person_text(records, p), words)}
        around = {key for person in people for key in records[MEMBERSHIPS].companies_of(person)}
        around -= {company.id for company in found}
        for company in found:
            people |= dict.fromkeys(records[MEMBERSHIPS].people_of(company.id))
        found += [company for company in records[COMPANIES] if company.id in around]
    return sorted(found, key=lambda company: -members(records, company)), people


def members(records: Records, company: Company) -> int:
    """Return how many people a company has, shown or not."""
    return records[MEMBERSHIPS].count_people(company.id)


def shared_out(
    records: Records, companies: list[Company], people: dict[str, None], room: int
) -> dict[str, None]:
    """Return at most `room` people: from each company in turn, until all are full, then those without one."""
    waiting = [
        iter([key for key in records[MEMBERSHIPS].people_of(company.id) if key in people])
        for company in companies
    ]
    chosen: dict[str, None] = {}
    while waiting and len(chosen) < room:
        waiting = [queue for queue in waiting if take(queue, chosen, room)]
    rest = (key for key in people if key not in chosen and not records[MEMBERSHIPS].companies_of(key))
    return chosen | dict.fromkeys(islice(rest, max(room - len(chosen), 0)))


def take(queue: Any, chosen: dict[str, None], room: int) -> bool:
    """Move the next person of a company into `chosen` while there is room; tell whether there was one."""
    person = next(queue, None)
    if person is not None and len(chosen) < room:
        chosen[person] = None
    return person is not None


def person_node(records: Records, key: str) -> dict[str, Any]:
    """Return what the map shows of a person."""
    person = records[PEOPLE].by_id[key]
    return {"id": key, "name": person.name or person.user_id or person.email}
