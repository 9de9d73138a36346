"""What the folding of messages leaves: counted, and as the entries of a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mock_custify.replay.fold.differences import touched
from mock_custify.replay.fold.tally import Names
from mock_custify.resources.companies.answers import company_answers
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import person_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.replay.fold.custify import Custify
    from mock_custify.replay.fold.tally import Tally

Kept = tuple[str, str, bytes]  # section, internal id, entry as JSON


def count_records(tally: Tally, custify: Custify) -> None:
    """Count who was created and who was updated."""
    people, companies = custify.records[PEOPLE].by_id, custify.records[COMPANIES].by_id
    for key in custify.people:
        note(tally, custify, "people", key, people[key].user_id or people[key].email or "")
    for key in custify.companies:
        note(tally, custify, "companies", key, companies[key].company_id)


def note(tally: Tally, custify: Custify, kind: str, key: str, name: str) -> None:
    """Count one record that was written."""
    word = "created" if custify.is_new(key) else "updated"
    tally.names.setdefault((word, kind), Names()).add(key, name)


def kept_records(custify: Custify, now: str) -> Iterator[Kept]:
    """Return the people, companies and memberships that changed, as a state shows them at the time `now`."""
    custify.clock.text = now
    people, companies = custify.records[PEOPLE].by_id, custify.records[COMPANIES].by_id
    for key in touched(custify):
        yield "memberships", key, msgspec.json.encode(memberships_of(custify, key))
    shown_people, shown_companies = affected(custify)
    for key in shown_people:
        yield "people", key, msgspec.json.encode(person_answer(custify.workspace, people[key]))
    answers = company_answers(custify.workspace, (companies[key] for key in shown_companies))
    for answer in answers:
        yield "companies", answer.id, msgspec.json.encode(answer)


def affected(custify: Custify) -> tuple[dict[str, None], dict[str, None]]:
    """Return the people and the companies whose answers may have changed, through others as well.

    A person shows the names of its companies; a company shows its people and when they were seen, also those
    of the companies below it.
    """
    people, companies = custify.records[PEOPLE].by_id, custify.records[COMPANIES].by_id
    links, seen = custify.links, custify.events.linked
    active = dict.fromkeys([*touched(custify), *(key for key in seen if key in people)])
    shown = dict.fromkeys([*custify.companies, *sorted(links.touched_companies)])
    shown |= dict.fromkeys(key for key in seen if key in companies)
    shown |= dict.fromkeys(company for person in active for company in links.companies_of(person))
    members = dict.fromkeys(person for company in custify.companies for person in links.people_of(company))
    waiting = list(shown)
    while waiting:
        above = [one.id for one in companies[waiting.pop()].parent_companies if one.id not in shown]
        shown |= dict.fromkeys(above)
        waiting += above
    return active | members, shown


def memberships_of(custify: Custify, key: str) -> list[dict[str, Any]]:
    """Return the memberships of a person as a state lists them."""
    person, companies = custify.records[PEOPLE].by_id[key], custify.records[COMPANIES].by_id
    return [
        {"user_id": person.user_id, "email": person.email, "company_id": companies[company].company_id}
        for company in custify.links.companies_of(key)
    ]
