"""Laws about rules of the vendor in the fake: internal ids, circles, batches, pages, keys, snapshots."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from custify_contract.expected_state import ExpectedState
from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect, expect_equal, expect_same, expect_unchanged
from custify_contract.laws.fake.writes import RECORDS, law
from custify_contract.strategies.byte_choices import decoded
from custify_contract.targets import custify_call

if TYPE_CHECKING:
    from custify_contract.strategies.byte_choices import ByteChoices

NOBODY: Final = "f" * 24
PAID: Final = {"name": "Paid", "user_id": "p1", "created_at": "2026-01-31T12:00:00.000Z"}
MOST: Final = {True: 3, False: 100}  # jobs of a batch, by `synchronous`
JOBS: Final[tuple[tuple[str, dict[str, Any], int], ...]] = (
    ("people", {"user_id": "p1", "name": "Batch"}, 200),
    ("company", {"company_id": "c9"}, 200),
    ("event", PAID, 202),
    ("people", {"name": "Nobody"}, 400),
    ("event", {**PAID, "user_id": "p9"}, 404),
    (
        "custom-data",
        {"entityModel": "Company", "company_id": "c1", "data_type": "d", "data_id": "1", "data": {}},
        200,
    ),
)
PAGE_CAP: Final = 200
HEADERS: Final[tuple[tuple[dict[str, str], int], ...]] = (
    ({}, 401),
    ({"Authorization": ""}, 401),
    ({"Authorization": "Bearer"}, 401),
    ({"Authorization": "Bearer  "}, 401),
    ({"Authorization": "contract-key"}, 401),
    ({"Authorization": "Basic contract-key"}, 401),
    ({"Authorization": "Bearer contract-key"}, 200),
    ({"Authorization": "bearer contract-key"}, 200),
    ({"Authorization": "Bearer  contract-key "}, 200),
    ({"Authorization": "Bearer Contract-Key"}, 404),
    ({"Authorization": "Bearer contract"}, 404),
    ({"Authorization": "Bearer contract-keys"}, 404),
)


def id_of(trial: Trial, kind: str, **query: str) -> str:
    """Return the internal id of a person or a company."""
    body = trial.call("GET", f"/{kind}", **query).body
    return str((body[0]["people"] if kind == "people" else body["companies"])[0]["id"])


def by_internal_id(choices: ByteChoices) -> Case:
    """Return a call that names its record by internal id, and the same call by the client's own id."""
    person, company = ("people", {"user_id": "p1"}), ("company", {"company_id": "c1"})
    removed = choices.pick(({}, {"remove": True}, {"remove": False}))
    link = choices.pick(({"user_id": "p1"}, {"user_id": "p4"}))
    kind, query, body, plain = choices.pick(
        (
            (*person, {"phone": "1"}, {"user_id": "p1", "phone": "1"}),
            (*person, {"email": "new@example.com"}, {"user_id": "p1", "email": "new@example.com"}),
            (*person, {"email": "p2@example.com"}, {"user_id": "p1", "email": "p2@example.com"}),
            (*person, {"user_id": "p2"}, None),
            (
                "people",
                {"email": "p3@example.com"},
                {"user_id": "p3"},
                {"email": "p3@example.com", "user_id": "p3"},
            ),
            (*company, {"plan": "Pro"}, {"company_id": "c1", "plan": "Pro"}),
            (*company, {"plan": "Pro", "company_id": "other"}, {"company_id": "c1", "plan": "Pro"}),
            (
                "link",
                company[1],
                {**link, **removed},
                {**link, "companies": [{"company_id": "c1", **removed}]},
            ),
            (
                "link",
                company[1],
                {**link, **removed},
                {**link, "companies": [{"company_id": "c1", **removed}]},
            ),
        )
    )
    unknown = {
        "people": ({"id": NOBODY, "phone": "1"}, None, 404),
        "company": ({"id": NOBODY, "plan": "Pro"}, None, 404),
        "link": ({"user_id": "p1", "companies": [{"id": NOBODY}]}, None, 400),
    }
    facts = {"kind": kind, "query": query, "body": body, "plain": plain, "unknown": unknown[kind]}
    return Case(setup=RECORDS, facts=facts)


def call_by_internal_id(trial: Trial) -> None:
    """Make a call with an unknown internal id, and one with the internal id of the record."""
    facts = trial.case.facts
    path = "/company" if facts["kind"] == "company" else "/people"
    bad, _, _ = facts["unknown"]
    statuses = [trial.call("POST", path, bad).status]
    body = dict(facts["body"])
    if facts["kind"] == "link":
        remove = {"remove": body.pop("remove")} if "remove" in body else {}
        body["companies"] = [{"id": id_of(trial, "company", **facts["query"]), **remove}]
    else:
        body["id"] = id_of(trial, facts["kind"], **facts["query"])
    trial.notes["statuses"] = [*statuses, trial.call("POST", path, body).status]


def check_by_internal_id(trial: Trial) -> None:
    """Expect the unknown id refused, and the change that the client's own id leads to."""
    facts = trial.case.facts
    plain, expected = facts["plain"], ExpectedState(trial.before)
    expect_same(
        trial.notes["statuses"],
        [facts["unknown"][2], 200 if plain else 400],
        "statuses of calls by internal id",
    )
    if plain and facts["kind"] == "company":
        expected.post_company(plain)
    elif plain:
        expected.post_person(plain)
    expect_equal(trial.after, expected.observe(), "a call by internal id must change its record only")


def circle(choices: ByteChoices) -> Case:
    """Return a chain of companies, and an update that would put one above itself, or not."""
    names = [f"c{number}" for number in range(1, 3 + choices.number(3))]
    chain = [
        ("/company", {"company_id": name, "parent_companies": [{"company_id": above}] if above else []})
        for name, above in zip(reversed(names), [None, *reversed(names)], strict=False)
    ]
    closes = choices.number(3) > 0
    above = choices.pick(names[-1:] + names)
    child = names[0] if not closes else names[-1]
    parent = names[0] if closes and above == names[-1] and choices.flag() else above
    child, parent = (parent, child) if not closes else (child, parent)
    status = 200 if names.index(child) < names.index(parent) else 400
    body = {"company_id": child, "name": "Half", "parent_companies": [{"company_id": parent}]}
    return Case(setup=tuple(chain), facts={"path": "/company", "body": body, "status": status})


def check_circle(trial: Trial) -> None:
    """Expect 400 and no change where a company would be above itself, else the new parent."""
    status = trial.case.facts["status"]
    expect_same(trial.notes["response"].status, status, "status of POST /company with a parent")
    expected = ExpectedState(trial.before)
    if status == 200:  # noqa: PLR2004 - accepted
        expected.post_company(trial.case.facts["body"])
    expect_equal(trial.after, expected.observe(), "the companies above a company")


def batch(choices: ByteChoices) -> Case:
    """Return a batch of jobs of all kinds; its number of jobs is at the limit, above it, or smaller."""
    synchronous = choices.flag()
    number = choices.pick((MOST[synchronous], MOST[synchronous] + 1, 1, 2, 3))
    jobs = [choices.pick(JOBS) for _ in range(min(number, 8))]
    jobs = [*jobs, *jobs[:1] * (number - len(jobs))]
    return Case(setup=RECORDS, facts={"synchronous": synchronous, "jobs": [list(job) for job in jobs]})


def post_batch(trial: Trial) -> None:
    """Post the batch, and read what became of it."""
    jobs = [{"type": kind, "payload": payload} for kind, payload, _ in trial.case.facts["jobs"]]
    body = {"jobs": jobs, "synchronous": trial.case.facts["synchronous"], "returnJobId": True}
    response = trial.call("POST", "/batch", body)
    results = response.body.get("results")
    if response.ok and results is None:
        results = trial.call("GET", f"/batch/{response.body['id']}").body["results"]
    trial.notes |= {"status": response.status, "results": results}


def check_batch(trial: Trial) -> None:
    """Expect each job done as by its own call, in order; too many jobs are refused."""
    jobs, most = trial.case.facts["jobs"], MOST[trial.case.facts["synchronous"]]
    expect_same(trial.notes["status"], 400 if len(jobs) > most else 202, f"status of {len(jobs)} jobs")
    if len(jobs) > most:
        expect_unchanged(trial)
        return
    found = [[one["type"], one["status"]] for one in trial.notes["results"]]
    expect_same(found, [[kind, status] for kind, _, status in jobs], "results of the batch")
    expected = ExpectedState(trial.before)
    steps = {"people": expected.post_person, "company": expected.post_company, "event": expected.post_event}
    for kind, payload, status in jobs:
        if kind in steps and status != 400:  # noqa: PLR2004 - refused
            steps[kind]({"metadata": {}, **payload} if kind == "event" else payload)
    expect_equal(trial.after, expected.observe(), "the jobs of the batch")


def more_than_a_page(choices: ByteChoices) -> Case:
    """Return more people and companies than a page has at most."""
    kind = choices.pick(("people", "company"))
    key = "user_id" if kind == "people" else "company_id"
    records = tuple((f"/{kind}", {key: f"n{number}"}) for number in range(PAGE_CAP + 1))
    return Case(setup=records, facts={"kind": kind})


def read_large_pages(trial: Trial) -> None:
    """Read pages larger than the cap."""
    path = f"/{trial.case.facts['kind']}/all"
    pages = [trial.call("GET", path, itemsPerPage=250, page=number).body for number in (1, 2)]
    pages = [page[0] if isinstance(page, list) else page for page in pages]
    name = "people" if trial.case.facts["kind"] == "people" else "companies"
    trial.notes["sizes"] = [len(page[name]) for page in pages]


def check_large_pages(trial: Trial) -> None:
    """Expect 200 records on a page, and the last one on the next page."""
    expect_same(trial.notes["sizes"], [PAGE_CAP, 1], "records on pages of 250")


def authorization(choices: ByteChoices) -> Case:
    """Return a header, and the status of reading a person with it."""
    headers, status = choices.pick(HEADERS)
    return Case(setup=RECORDS, facts={"headers": headers, "status": status})


def read_with_header(trial: Trial) -> None:
    """Read a person with the header."""
    request = replace(custify_call("GET", "/people", user_id="p1"), headers=trial.case.facts["headers"])
    trial.notes["response"] = trial.custify.send(request)


def check_header(trial: Trial) -> None:
    """Expect 401 without a key, and nobody in the workspace of another key."""
    status, response = trial.case.facts["status"], trial.notes["response"]
    expect_same(response.status, status, f"status with the headers {trial.case.facts['headers']}")
    expect_unchanged(trial)


def changes(choices: ByteChoices) -> Case:
    """Return calls that change a workspace between its snapshot and the restoration."""
    pool: tuple[tuple[str, str, Any, dict[str, str]], ...] = (
        ("POST", "/people", {"user_id": "p1", "companies": [{"company_id": "c1", "remove": True}]}, {}),
        (
            "POST",
            "/people",
            {"user_id": "p2", "email": "new@example.com", "custom_attributes": {"kind": 1}},
            {},
        ),
        ("POST", "/people", {"user_id": "p9", "companies": [{"company_id": "c1"}, {"company_id": "c9"}]}, {}),
        ("POST", "/company", {"company_id": "c1", "plan": "New", "custom_attributes": {"fresh": True}}, {}),
        ("POST", "/event", {**PAID, "deduplication_id": "d2"}, {}),
        ("DELETE", "/people", None, {"user_id": "p1"}),
        ("DELETE", "/company", None, {"company_id": "c1"}),
        ("DELETE", "/_mock/state", None, {}),
    )
    once = ("/event", {**PAID, "deduplication_id": "d1", "metadata": {"n": 1}})
    chosen = [list(call) for call in pool if choices.flag()]
    return Case(setup=(*RECORDS, once), facts={"calls": chosen, "again": once[1]})


def restore_snapshot(trial: Trial) -> None:
    """Keep a snapshot, change the workspace, restore it twice with a change between, and repeat the event."""
    statuses = [trial.call("PUT", "/_mock/snapshots/kept").ok]
    for _ in range(2):
        for method, path, body, query in trial.case.facts["calls"]:
            trial.call(method, path, body, **query)
        statuses.append(trial.call("POST", "/_mock/snapshots/kept/restore").ok)
    trial.notes["statuses"] = [*statuses, trial.call("POST", "/event", trial.case.facts["again"]).ok]
    trial.notes["by email"] = trial.call("GET", "/people", email="p2@example.com").status


def check_restored(trial: Trial) -> None:
    """Expect the workspace as it was, also its types, its look-ups and its deduplication ids."""
    expect(all(trial.notes["statuses"]), "a snapshot can be kept and restored, and its event repeated")
    expect_same(trial.notes["by email"], 200, "status of a read by email, after the restoration")
    expect_unchanged(trial)


LAWS: Final = (
    law(
        "internal-ids",
        "A person, a company and a link can be named by internal id; the company_id never changes",
        by_internal_id,
        check_by_internal_id,
        call_by_internal_id,
        "observed",
    ),
    law("circles", "A parent that is the company itself or below it is refused", circle, check_circle),
    law(
        "batches",
        "A batch has at most 3 synchronous or 100 asynchronous jobs; a refused job does not stop the others",
        batch,
        check_batch,
        post_batch,
    ),
    Law(
        "api.page-cap",
        "Decisions, the fake",
        "A page has at most 200 people or companies",
        decoded(more_than_a_page, 0),
        check_large_pages,
        read_large_pages,
        "observed",
        needs_all=True,
    ),
    law(
        "keys",
        "Each call needs a Bearer key, compared exactly; another key is another workspace",
        authorization,
        check_header,
        read_with_header,
        "observed",
    ),
    law(
        "snapshots",
        "A restored snapshot has all records, links, types and deduplication ids as they were",
        changes,
        check_restored,
        restore_snapshot,
    ),
)
