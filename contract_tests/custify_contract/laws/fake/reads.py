"""Laws about reads from the fake by direct calls: single records, and lists page by page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case, Trial
from custify_contract.laws.checks import expect_same, expect_unchanged
from custify_contract.laws.fake.writes import law
from custify_contract.observed_state import name_of
from custify_contract.strategies.existing_records import RECORDS_SIZE, existing_records
from custify_contract.strategies.pools import COMPANY_IDS, DATES, EMAILS, USER_IDS

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

PAGE_SIZE: Final = 20  # the default of the API
EVENTS: Final = tuple(
    ("/event", {"name": f"E{number}", "created_at": "2026-01-31T12:00:00.000Z", "metadata": {}, **who})
    for number, who in enumerate(
        (
            *({"user_id": user} for user in USER_IDS),
            *({"user_id": user, "company_id": COMPANY_IDS[0]} for user in USER_IDS[:2]),
            *({"company_id": company} for company in COMPANY_IDS),
        )
    )
)
# People whose identifiers have characters that mean something in a URL.
ODD_PEOPLE: Final = tuple(
    ("/people", {"user_id": name, "email": f"{name}@example.com"})
    for name in ("a+b", "a%20b", "a&email=u1", "é#/?", "A+B", " u1 ")
)
ID_FIELDS: Final = {"people": "user_id", "company": "company_id"}
LISTS: Final = {"people": "people", "company": "companies"}


def person_and_company(choices: ByteChoices) -> Case:
    """Return the ids of a person and a company of the pools, which exist or do not exist."""
    person, company = choices.pick(USER_IDS), choices.pick(COMPANY_IDS)
    records = existing_records(choices)
    known = {key for _, body in records for key in (body.get("user_id"), body.get("company_id"))}
    events = [(path, body) for path, body in EVENTS if names_known(body, known) and choices.number(3)]
    query = choices.pick(({"user_id": person}, {"email": EMAILS[person]}))
    return Case(setup=(*records, *events), facts={"person": person, "query": query, "company": company})


def with_odd_people(choices: ByteChoices) -> Case:
    """Return the ids of a company and a person, who may have odd identifiers."""
    case = person_and_company(choices)
    _, odd = choices.pick(ODD_PEOPLE)
    query = choices.pick((case.facts["query"], *({name: value} for name, value in odd.items())))
    return replace(case, setup=(*ODD_PEOPLE, *case.setup), facts={**case.facts, "query": query})


def names_known(event: Any, known: set[Any]) -> bool:
    """Return whether the person or, without one, the company of an event exists."""
    return event.get("user_id", event.get("company_id")) in known


def known_people(trial: Trial) -> list[Any]:
    """Return the people who match the query for the person of the case before the calls."""
    ((key, value),) = trial.case.facts["query"].items()
    return [person for person in trial.before.people if person.get(key) == value]


def read_all_ways(trial: Trial) -> None:
    """Read the person and the company by query and by internal id."""
    people = trial.call("GET", "/people", **trial.case.facts["query"])
    found: Any = people.body[0] if people.ok else {"people": [], "total": 0}
    companies = trial.call("GET", "/company", company_id=trial.case.facts["company"])
    company = companies.body if companies.ok else {"companies": []}
    linked = [key for record in found["people"] for key in record["companies"]]
    trial.notes |= {
        "statuses": [people.status, companies.status],
        "people": found,
        "company": company,
        "people of company": [
            [one["details"] for one in trial.call("GET", f"/company/people/{record['id']}").body[0]["people"]]
            for record in company["companies"]
        ],
        "by id": [trial.call("GET", f"/people/{record['id']}").body for record in found["people"]],
        "linked": [trial.call("GET", f"/company/{key}").body["companies"][0]["company_id"] for key in linked],
    }


def check_reads(trial: Trial) -> None:
    """Expect the stored fields in every way of reading, and no change in the workspace."""
    found, shown = trial.notes["people"], trial.notes["company"]["companies"]
    people, companies = known_people(trial), trial.before.companies_named(trial.case.facts["company"])
    statuses = [200 if known else 404 for known in (people, companies)]
    expect_same(trial.notes["statuses"], statuses, "statuses of GET /people and GET /company")
    expect_fields(found["people"], people, "GET /people")
    expect_same(found["total"], len(people), "total of GET /people")
    expect_same(trial.notes["by id"], found["people"], "GET /people/{id}, compared with GET /people")
    linked = [company for person in people for company in person["companies"]]
    expect_same(sorted(trial.notes["linked"]), linked, "companies of the person")
    expect_fields(shown, companies, "GET /company")
    counts = [record["metrics"]["people_count"] for record in shown]
    expect_same(counts, [len(company["people"]) for company in companies], "people_count of the company")
    for found_people, company in zip(trial.notes["people of company"], companies, strict=True):
        wanted_people = [one for one in trial.before.people if company["company_id"] in one["companies"]]
        expect_same(
            [name_of(one) for one in found_people],
            [name_of(one) for one in wanted_people],
            "GET /company/people",
        )
    expect_unchanged(trial)


def expect_fields(found: list[Any], wanted: list[Any], what: str) -> None:
    """Expect the fields of a state in the records of a response, without associations."""
    names = {name for one in wanted for name in one} - {"companies", "people"}
    shown, stored = ([{name: one.get(name) for name in names} for one in many] for many in (found, wanted))
    expect_same(shown, stored, what)


def many_records(choices: ByteChoices) -> Case:
    """Return up to 23 records of a kind, and a page size."""
    kind = choices.pick(("people", "company"))
    names = [f"n{number}" for number in range(choices.number(24))]
    dates = {name: choices.maybe(DATES) for name in names}
    signed = {name: {"signed_up_at": date} for name, date in dates.items() if date}
    setup = tuple((f"/{kind}", {ID_FIELDS[kind]: name, **signed.get(name, {})}) for name in names)
    names = sorted(names, key=lambda name: dates[name] or "", reverse=True)
    size = choices.pick((1, 2, 3, 5, 6, 12, 22, 23, 200, None))
    return Case(setup=setup, facts={"kind": kind, "names": names, "size": size})


def read_pages(trial: Trial) -> None:
    """Read every page and the one after the last."""
    names, size = trial.case.facts["names"], trial.case.facts["size"]
    query = {} if size is None else {"itemsPerPage": size}
    path, count = f"/{trial.case.facts['kind']}/all", -(-len(names) // (size or PAGE_SIZE)) + 1
    pages = [trial.call("GET", path, page=number + 1, **query).body for number in range(count)]
    trial.notes["pages"] = [page[0] if isinstance(page, list) else page for page in pages]


def check_pages(trial: Trial) -> None:
    """Expect every record once, the latest sign-up first, full pages, an empty last page, and the total."""
    kind, names, pages = trial.case.facts["kind"], trial.case.facts["names"], trial.notes["pages"]
    shown = [[record[ID_FIELDS[kind]] for record in page[LISTS[kind]]] for page in pages]
    size = trial.case.facts["size"] or PAGE_SIZE
    wanted = [names[start : start + size] for start in range(0, len(names), size)]
    expect_same(shown, [*wanted, []], f"pages of {size}")
    expect_same({page["total"] for page in pages}, {len(names)}, "total")


LAWS: Final = (
    law(
        "pages",
        "page counts from 1, itemsPerPage is 20; a page past the end is empty",
        many_records,
        check_pages,
        read_pages,
        "observed",
        size=28,
    ),
    law(
        "reads",
        "A read returns the written values",
        with_odd_people,
        check_reads,
        read_all_ways,
        "observed",
        RECORDS_SIZE + 6 + len(EVENTS),
    ),
)
