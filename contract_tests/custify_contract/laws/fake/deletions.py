"""Laws about deletions in the fake by direct calls: what is deleted, and what stays."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from custify_contract.expected_state import NEW_PERSON, ExpectedState
from custify_contract.laws.checks import expect_equal, expect_only, expect_person, expect_same
from custify_contract.laws.fake.reads import EVENTS, known_people, person_and_company, with_odd_people
from custify_contract.laws.fake.writes import law
from custify_contract.observed_state import name_of
from custify_contract.strategies.existing_records import RECORDS_SIZE, SHARING
from custify_contract.strategies.pools import FRESH_EMAILS

if TYPE_CHECKING:
    from custify_contract.law import Case, Trial
    from custify_contract.strategies.byte_choices import ByteChoices

PAID: Final = {"name": "Paid", "created_at": "2026-01-31T12:00:00.000Z", "metadata": {}}
SIZE: Final = RECORDS_SIZE + 4 + len(EVENTS)


def one_or_shared(choices: ByteChoices) -> Case:
    """Return the query for one person, who exists or does not exist, or for two who share an email."""
    case = with_odd_people(choices)
    if choices.number(4):
        return case
    others = [call for call in case.setup if call not in SHARING]
    query = {"email": FRESH_EMAILS[0]}
    return replace(case, setup=(*others, *SHARING), facts={**case.facts, "query": query})


def delete_twice(path: str, trial: Trial) -> None:
    """Delete the person or the company of the case twice."""
    facts = trial.case.facts
    query = facts["query"] if path == "/people" else {"company_id": facts["company"]}
    trial.notes["statuses"] = [trial.call("DELETE", path, **query).status for _ in range(2)]


def check_person(trial: Trial) -> None:
    """Expect one person and the associations deleted by each call, the oldest first, and 404 without any."""
    known = [name_of(person) for person in known_people(trial)]
    statuses = [200 if len(known) > number else 404 for number in range(2)]
    expect_same(trial.notes["statuses"], statuses, "statuses of two deletions")
    expect_only(trial, people=known)
    expected = ExpectedState(trial.before)
    for name in known:
        expected.delete_person(name)
    expect_equal(trial.after, expected.observe(), "only the person and the associations may be deleted")


def check_company(trial: Trial) -> None:
    """Expect the company and its associations deleted, its people kept, and 404 for the second deletion."""
    company_id = trial.case.facts["company"]
    known = trial.before.companies_named(company_id)
    expect_same(trial.notes["statuses"], [200 if known else 404, 404], "statuses of two deletions")
    expected = ExpectedState(trial.before)
    expected.delete_company(company_id)
    expect_equal(trial.after, expected.observe(), "only the company and its associations may be deleted")


def delete_and_create(trial: Trial) -> None:
    """Delete the person, and create a person with the same user_id, who has the same event again."""
    person = {"user_id": trial.case.facts["person"]}
    event = {**person, **PAID, "deduplication_id": "again"}
    trial.call("POST", "/event", event)
    trial.call("DELETE", "/people", **person)
    trial.call("POST", "/people", person)
    trial.call("POST", "/event", event)


def check_new_person(trial: Trial) -> None:
    """Expect a new person without any field of the deleted one, and the event of the new person."""
    person = expect_person(trial.after, trial.case.facts["person"])
    wanted = {"user_id": person["user_id"], **NEW_PERSON, "custom_attributes": {}, "companies": []}
    expect_same(person, wanted, "the person, created again after the deletion")
    again = [one.get("dropped") for one in trial.after.events or () if one.get("deduplication_id")]
    expect_same(again[-1:], [None], "dropped, for the event of the person who was created again")


LAWS: Final = (
    law(
        "deletes-people",
        "DELETE /people deletes the person and the links; deleting what is missing is 404",
        one_or_shared,
        check_person,
        partial(delete_twice, "/people"),
        "observed",
        SIZE + 3,
    ),
    law(
        "deletes-companies",
        "Deleting a company: people stay, the link goes",
        person_and_company,
        check_company,
        partial(delete_twice, "/company"),
        size=SIZE,
    ),
    law(
        "forgets",
        "A deleted person cannot be found",
        person_and_company,
        check_new_person,
        delete_and_create,
        size=SIZE,
    ),
)
