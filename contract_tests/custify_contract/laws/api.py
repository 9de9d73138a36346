"""The laws of the fake itself, by direct calls: identification, links, reads, pages, deletions, refusals."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from custify_contract.choices import Choices, decoded
from custify_contract.law import Case, Law, Trial, expect, expect_person, expect_same
from custify_contract.laws.states import expect_equal, expect_only, expect_state, expect_unchanged
from custify_contract.model import Model
from custify_contract.snapshot import name_of
from custify_contract.strategies import EMAILS, SCALARS, UNMAPPED
from custify_contract.worlds import COMPANY_IDS, USER_IDS, WORLD_SIZE, world

SECTION: Final = "Decisions, the fake"
NEVER: Final = "f" * 24
PAIR: Final = (
    ("/company", {"company_id": "c1", "name": "One", "custom_attributes": {"region": "EU", "tier": 1}}),
    ("/people", {"user_id": "p1", "email": "p1@example.com", "companies": [{"company_id": "c1"}]}),
    ("/people", {"user_id": "p2", "email": "p2@example.com", "companies": [{"company_id": "c1"}]}),
    (
        "/people",
        {"email": "p3@example.com", "name": "Three", "custom_attributes": {"region": "EU", "tier": 1}},
    ),
)


def post(path: str, body: Any) -> Case:
    """Return the case of one direct call on two people of one company and a third without user id."""
    return Case(setup=PAIR, facts={"path": path, "body": body})


def play_post(trial: Trial) -> None:
    """Make the call."""
    trial.marks["reply"] = trial.call("POST", trial.case.facts["path"], trial.case.facts["body"])


def check_taken(trial: Trial) -> None:
    """Expect the call taken, and exactly what it asks for."""
    reply = trial.marks["reply"]
    expect(
        reply.ok, f"POST {trial.case.facts['path']} must be taken, it answered {reply.status} {reply.body}"
    )
    expect_state(trial)


def check_not_taken(trial: Trial) -> None:
    """Expect the call refused with a reason, and nothing of it applied."""
    reply = trial.marks["reply"]
    wanted = trial.case.facts.get("status", 400)
    expect_same(reply.status, wanted, f"status of POST {trial.case.facts['path']}")
    expect(
        isinstance(reply.body, dict) and reply.body.get("error"), "a refusal must give its reason as error"
    )
    expect_unchanged(trial)


def identification(choices: Choices) -> Case:
    """Return an upsert that names a person by user id, by email, or by both."""
    named = choices.pick(
        (
            {"user_id": "p1"},
            {"email": "p1@example.com"},
            {"email": "p3@example.com"},
            {"user_id": "p1", "email": "p1@example.com"},
            {"user_id": "p1", "email": "other@example.com"},
            {"user_id": "p4"},
            {"email": "p4@example.com"},
            {"user_id": "p4", "email": "p4@example.com"},
            {"user_id": "p4", "email": "p3@example.com"},
        )
    )
    return post("/people", {**named, "name": "New", "session_count": choices.pick((0, 5))})


def taken_identifier(choices: Choices) -> Case:
    """Return an upsert by user id that would take another person's email, with much else in it."""
    email = choices.pick(("p2@example.com", "p3@example.com"))
    body = {"user_id": "p1", "email": email, "name": "Half", "custom_attributes": {"half": 1}}
    return post(
        "/people", {**body, "companies": [{"company_id": "new"}, {"company_id": "c1", "remove": True}]}
    )


def half_links(choices: Choices) -> Case:
    """Return an upsert with links of which a late one is of no use."""
    bad = choices.pick(({}, {"remove": True}, {"company_id": ""}, {"id": NEVER}, {"company_id": None}))
    links = [{"company_id": "new"}, {"company_id": "c1", "remove": True}, bad]
    body = {"user_id": choices.pick(("p1", "p4")), "name": "Half", "custom_attributes": {"half": 1}}
    return post("/people", {**body, "companies": links})


def bad_value(choices: Choices) -> Case:
    """Return a call with one value of the wrong type beside good ones."""
    path, body = choices.pick(
        (
            ("/people", {"user_id": "p1", "name": "Half", "signed_up_at": "yesterday"}),
            ("/people", {"user_id": "p1", "name": "Half", "session_count": "many"}),
            ("/people", {"user_id": "p1", "name": "Half", "custom_attributes": 5}),
            ("/people", {"user_id": "p1", "name": "Half", "companies": {"company_id": "c1"}}),
            ("/people", {"name": "Half"}),
            ("/company", {"company_id": "c1", "name": "Half", "churned": "perhaps"}),
            ("/company", {"company_id": "c1", "name": "Half", "signed_up_at": "soon"}),
            ("/company", {"name": "Half"}),
            ("/event", {"user_id": "p1"}),
            ("/event", {"name": "Half"}),
            ("/event", {"name": "Half", "user_id": "p1", "created_at": "soon"}),
        )
    )
    return post(path, body)


def links(choices: Choices) -> Case:
    """Return an upsert that joins and leaves companies, known ones and new ones."""
    entries = [
        {
            "company_id": choices.pick(("c1", "c2", "c3")),
            **choices.pick(({}, {"remove": False}, {"remove": True})),
        }
        for _ in range(1 + choices.number(3))
    ]
    return post("/people", {"user_id": choices.pick(("p1", "p2", "p4")), "companies": entries})


def attributes(choices: Choices) -> Case:
    """Return an upsert that writes some custom attributes over known ones."""
    names = (*UNMAPPED, "region", "tier")
    values = {name: value for name in names if (value := choices.maybe(SCALARS)) is not None}
    path, named = choices.pick((("/company", {"company_id": "c1"}), ("/people", {"email": "p3@example.com"})))
    return post(path, {**named, "custom_attributes": values})


def cleared(choices: Choices) -> Case:
    """Return an upsert that takes one custom attribute away with null."""
    path, named = choices.pick((("/company", {"company_id": "c1"}), ("/people", {"email": "p3@example.com"})))
    return post(path, {**named, "custom_attributes": {"region": None}})


def check_cleared(trial: Trial) -> None:
    """Expect that attribute gone and the other one there."""
    expect(trial.marks["reply"].ok, "the call must be taken")
    kind, key = ("companies", -1) if trial.case.facts["path"] == "/company" else ("people", -1)
    expect_same(trial.after.sections()[kind][key]["custom_attributes"], {"tier": 1}, "custom_attributes")


def event(choices: Choices) -> Case:
    """Return events with colliding deduplication ids, of people and companies on record or not."""
    who = choices.pick(
        ({"user_id": "p1"}, {"email": "p2@example.com"}, {"user_id": "p9"}, {"company_id": "c1"})
    )
    where = choices.pick(({}, {"company_id": "c1"}, {"company_id": "c9"}))
    told = choices.pick(({}, {"deduplication_id": "d1"}))
    first = {"name": "First", "user_id": "p1", "deduplication_id": "d1", "metadata": {}}
    body = {"name": "Paid", "metadata": {"n": 0, "ok": False}, "created_at": "2026-01-31T12:00:00.000Z"}
    return Case(
        setup=(*PAIR, ("/event", first)), facts={"path": "/event", "body": {**body, **where, **who, **told}}
    )


def crowd(choices: Choices) -> Case:
    """Return up to 13 records of a kind, and how many of them a page shows."""
    kind = choices.pick(("people", "company"))
    key = {"people": "user_id", "company": "company_id"}[kind]
    names = [f"n{number}" for number in range(choices.number(14))]
    setup = tuple((f"/{kind}", {key: name}) for name in names)
    size = choices.pick((1, 2, 3, 5, 6, 12, 13, 100, None))
    return Case(setup=setup, facts={"kind": kind, "key": key, "names": names, "size": size})


def play_pages(trial: Trial) -> None:
    """Ask for every page and one more."""
    facts = trial.case.facts
    sized = {} if facts["size"] is None else {"itemsPerPage": facts["size"]}
    count = -(-len(facts["names"]) // (facts["size"] or 10)) + 1
    pages = [
        trial.call("GET", f"/{facts['kind']}/all", page=number + 1, **sized).body for number in range(count)
    ]
    trial.marks["pages"] = [page[0] if isinstance(page, list) else page for page in pages]


def check_pages(trial: Trial) -> None:
    """Expect everybody exactly once, oldest first, full pages, an empty page past the end, and the total."""
    facts, pages = trial.case.facts, trial.marks["pages"]
    listed = {"people": "people", "company": "companies"}[facts["kind"]]
    shown = [[record[facts["key"]] for record in page[listed]] for page in pages]
    size = facts["size"] or 10
    wanted = [facts["names"][start : start + size] for start in range(0, len(facts["names"]), size)]
    expect_same(shown, [*wanted, []], f"pages of {size}")
    expect_same({page["total"] for page in pages}, {len(facts["names"])}, "total")


def somewhere(choices: Choices) -> Case:
    """Return a workspace and one of the pool's people and companies, there or not."""
    person, company = choices.pick(USER_IDS), choices.pick(COMPANY_IDS)
    setup = world(choices)
    return Case(setup=setup, facts={"person": person, "company": company, "by_email": choices.flag()})


def person_query(trial: Trial) -> dict[str, str]:
    """Return the query that names the person of the case."""
    person = trial.case.facts["person"]
    return {"email": EMAILS[person]} if trial.case.facts["by_email"] else {"user_id": person}


def play_reads(trial: Trial) -> None:
    """Read a person and a company in every way there is."""
    found = trial.call("GET", "/people", **person_query(trial)).body[0]
    trial.marks["found"] = found
    trial.marks["person"] = [trial.call("GET", f"/people/{record['id']}").body for record in found["people"]]
    companies = trial.call("GET", "/company", company_id=trial.case.facts["company"]).body
    trial.marks["company"] = companies
    trial.marks["linked"] = [
        trial.call("GET", f"/company/{linked}").body["companies"][0]["company_id"]
        for record in found["people"]
        for linked in record["companies"]
    ]


def check_reads(trial: Trial) -> None:
    """Expect what is on record, the same in every way of reading, and nothing changed by it."""
    ((key, value),) = person_query(trial).items()
    known = [person for person in trial.before.people if person.get(key) == value]
    expect_same(
        [pared(record, known) for record in trial.marks["found"]["people"]],
        [pared(p, known) for p in known],
        "GET /people",
    )
    expect_same(trial.marks["found"]["total"], len(known), "total of GET /people")
    expect_same(
        trial.marks["person"], trial.marks["found"]["people"], "GET /people/{id}, against GET /people"
    )
    expect_same(
        sorted(trial.marks["linked"]), [c for p in known for c in p["companies"]], "companies of the person"
    )
    companies = trial.before.companies_named(trial.case.facts["company"])
    shown = trial.marks["company"]["companies"]
    expect_same(
        [pared(record, companies) for record in shown],
        [pared(c, companies) for c in companies],
        "GET /company",
    )
    counts = [record["metrics"]["people_count"] for record in shown]
    expect_same(counts, [len(company["people"]) for company in companies], "people_count of the company")
    expect_unchanged(trial)


def pared(record: dict[str, Any], known: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the fields of a record that a snapshot has too, links apart."""
    names = {name for one in known for name in one} - {"companies", "people"}
    return {name: record.get(name) for name in names}


def play_deletion(kind: str, trial: Trial) -> None:
    """Delete a person or a company twice."""
    named = person_query(trial) if kind == "people" else {"company_id": trial.case.facts["company"]}
    replies = [trial.call("DELETE", f"/{kind}", **named) for _ in range(2)]
    trial.marks["statuses"] = [reply.status for reply in replies]
    trial.marks["deleted"] = replies[0].body


def check_person_deletion(trial: Trial) -> None:
    """Expect the person and the links gone, the rest kept, and a second deletion to find nobody."""
    ((key, value),) = person_query(trial).items()
    known = [person for person in trial.before.people if person.get(key) == value]
    expect_same(trial.marks["statuses"], [200 if known else 404, 404], "statuses of two deletions")
    expect_only(trial, people={name_of(person) for person in known})
    model = Model(trial.before)
    for person in known:
        model.delete_person(name_of(person))
    expect_equal(trial.after, model.snapshot(), "only the person and the links may go")


def check_company_deletion(trial: Trial) -> None:
    """Expect the company and its links gone, its people kept, and a second deletion to find nothing."""
    company_id = trial.case.facts["company"]
    known = trial.before.companies_named(company_id)
    expect_same(trial.marks["statuses"], [200 if known else 404, 404], "statuses of two deletions")
    model = Model(trial.before)
    model.delete_company(company_id)
    expect_equal(trial.after, model.snapshot(), "only the company and its links may go")


def play_afterlife(trial: Trial) -> None:
    """Delete a person, and bring the same id back."""
    person = trial.case.facts["person"]
    trial.call("DELETE", "/people", user_id=person)
    trial.marks["between"] = trial.custify.snapshot()
    trial.call("POST", "/people", {"user_id": person})


def check_afterlife(trial: Trial) -> None:
    """Expect a fresh person, who has nothing of the one before."""
    person = expect_person(trial.after, trial.case.facts["person"])
    expect_same(
        person,
        {"user_id": person["user_id"], "custom_attributes": {}, "companies": []},
        "the person made anew",
    )


def renamed(choices: Choices) -> Case:
    """Return an upsert that gives a person another email, or a company's person another user id."""
    by_id = {"by": {"user_id": "p1", "email": "p1b@example.com"}, "old": {"email": "p1@example.com"}}
    by_email = {"by": {"email": "p3@example.com", "user_id": "p3"}, "old": {"user_id": "p9"}}
    both = {"by": {"email": "p1@example.com", "user_id": "p1b"}, "old": {"user_id": "p1"}}
    return Case(setup=PAIR, facts=choices.pick((by_id, both, by_email)))


def play_renamed(trial: Trial) -> None:
    """Rename the person, and post somebody with the identifier that is free now."""
    trial.call("POST", "/people", trial.case.facts["by"])
    trial.marks["found"] = trial.call("GET", "/people", **trial.case.facts["old"]).body[0]["people"]
    trial.marks["reply"] = trial.call("POST", "/people", trial.case.facts["old"])


def check_renamed(trial: Trial) -> None:
    """Expect nobody under the old identifier, and a new person for it."""
    expect_same(len(trial.marks["found"]), 0, "people found by an identifier that was given up")
    expect(trial.marks["reply"].ok, "an identifier that was given up must be free")
    expect_same(len(trial.after.people) - len(trial.before.people), 1, "people that are new")


def law(name: str, source: str, decode: Any, check: Any, **about: Any) -> Law:
    """Return a law of the fake; `about` may give `play`, `level`, and the `size` of its cases in bytes."""
    cases = decoded(decode, about.pop("size", 24))
    told: dict[str, Any] = {"level": "decided", "play": play_post, "needs_all": True, **about}
    return Law(id=f"api.{name}", section=SECTION, source=source, cases=cases, check=check, **told)


LAWS: Final = (
    law("identifies", "Identification: user_id, else email", identification, check_taken, level="observed"),
    law("taken-identifier", "An identifier of another person is refused", taken_identifier, check_not_taken),
    law("half-links", "A call with one bad link changes nothing", half_links, check_not_taken),
    law("bad-value", "A call with one bad value changes nothing", bad_value, check_not_taken),
    law(
        "links", "Listing a company adds the link, remove takes it away, the others stay", links, check_taken
    ),
    law("attributes", "custom_attributes merge per key", attributes, check_taken),
    law("clears-attributes", "null removes a custom attribute", cleared, check_cleared),
    law(
        "events",
        "A deduplication_id seen before is ignored; an unknown person is dropped",
        event,
        check_taken,
        level="observed",
    ),
    law(
        "pages",
        "page counts from 1, itemsPerPage is 10; a page past the end is empty",
        crowd,
        check_pages,
        play=play_pages,
        level="observed",
    ),
    law(
        "reads",
        "What was written is read back",
        somewhere,
        check_reads,
        play=play_reads,
        level="observed",
        size=WORLD_SIZE + 4,
    ),
    law(
        "deletes-people",
        "DELETE /people takes the person and the links; deleting what is missing is 404",
        somewhere,
        check_person_deletion,
        play=partial(play_deletion, "people"),
        level="observed",
        size=WORLD_SIZE + 4,
    ),
    law(
        "deletes-companies",
        "Deleting a company: people stay, the link goes",
        somewhere,
        check_company_deletion,
        play=partial(play_deletion, "company"),
        size=WORLD_SIZE + 4,
    ),
    law("renames", "An identifier that was given up finds nobody", renamed, check_renamed, play=play_renamed),
    law(
        "forgets",
        "A deleted person is forgotten",
        somewhere,
        check_afterlife,
        play=play_afterlife,
        size=WORLD_SIZE + 4,
    ),
)
