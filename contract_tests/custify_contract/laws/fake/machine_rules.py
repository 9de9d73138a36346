"""Further rules of the state machine: internal ids, types, parents, batches, tags, snapshots, reads."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from custify_contract.laws.checks import expect, expect_same
from custify_contract.laws.fake.machine import KEYS, SequenceMachine, counted_rule
from custify_contract.observed_state import name_of
from custify_contract.strategies.pools import COMPANY_IDS, EMAILS, FRESH_EMAILS, USER_IDS

if TYPE_CHECKING:
    from custify_contract.expected_state import ExpectedState
    from custify_contract.strategies.byte_choices import ByteChoices

NOBODY: Final = "f" * 24  # an internal id that no record has
NAMES: Final = ("country", "kind", "seen_at")
VALUES: Final = (5, "7", "5.4", True, "FALSE", "2026-01-31", "2026-01-31 10:00", "soon", "x", None)
PAID: Final = {"name": "Paid", "created_at": "2026-01-31T12:00:00.000Z"}
CHAIN: Final = COMPANY_IDS[:3]
BAD: Final[tuple[dict[str, Any], ...]] = (
    {"companies": [{"company_id": "g1"}, {"id": NOBODY}]},
    {"session_count": 2.5},
    {"signed_up_at": "soon"},
    {"companies": [{"remove": True}]},
)


def internal_id(machine: SequenceMachine, key: str, kind: str, **query: str) -> str:
    """Return the internal id of a person or a company; one that no record has if there is none."""
    response = machine.trial.call("GET", f"/{kind}", None, key, **query)
    page = response.body[0] if isinstance(response.body, list) else response.body
    return str(page["people" if kind == "people" else "companies"][0]["id"]) if response.ok else NOBODY


def above(expected: ExpectedState, company_id: str) -> set[str]:
    """Return the companies above a company."""
    company = expected.find_company(company_id)
    parents = company.get("parents", ()) if company else ()
    return {*parents, *(one for parent in parents for one in above(expected, parent))}


@counted_rule
def parents(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Put a company above another one, or take it away; a company never comes above itself."""
    key, child, parent = choices.pick(KEYS), choices.pick(CHAIN), choices.pick(CHAIN)
    leave = choices.number(4) == 0
    expected = machine.expected[key]
    is_circle = not leave and child in {parent, *above(expected, parent)}
    status = 200 if expected.find_company(parent) and not is_circle else 400
    link = {"company_id": parent, **({"remove": True} if leave else {})}
    body = {"company_id": child, "parent_companies": [link]}
    if machine.call(key, "POST", "/company", body, status):
        expected.post_company(body)


@counted_rule
def person_by_internal_id(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Upsert a person by internal id: identifiers are written; a user_id of another person is refused."""
    key, name = choices.pick(KEYS), choices.pick(USER_IDS)
    found = internal_id(machine, key, "people", user_id=name)
    given = choices.pick(
        ({"email": choices.pick(FRESH_EMAILS)}, {"user_id": choices.pick(("s3", *USER_IDS))})
    )
    expected = machine.expected[key]
    person = expected.find_person({"user_id": name})
    holder = expected.find_person({"user_id": given.get("user_id")})
    taken = person is not None and holder is not None and holder is not person
    body = {"id": found, **given, "phone": "1"}
    if machine.call(key, "POST", "/people", body, 400 if taken else 200):
        fields = {field: value for field, value in body.items() if field != "id"}
        expected.write_person(person, fields) if person else expected.post_person(fields)


@counted_rule
def company_by_internal_id(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Update a company by internal id: its company_id never changes."""
    key, name = choices.pick(KEYS), choices.pick(COMPANY_IDS)
    found = internal_id(machine, key, "company", company_id=name)
    body = {"id": found, "plan": choices.pick(("Pro", "Free"))}
    other = choices.pick(({}, {"company_id": "other"})) if found != NOBODY else {}
    status = 404 if found == NOBODY else 200
    if expected := machine.call(key, "POST", "/company", {**body, **other}, status):
        expected.post_company({"company_id": name, "plan": body["plan"]})


@counted_rule
def link_by_internal_id(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Link a person to a company by the company's internal id, or unlink it."""
    key, user, name = choices.pick(KEYS), choices.pick(USER_IDS), choices.pick(COMPANY_IDS)
    found, leave = internal_id(machine, key, "company", company_id=name), choices.flag()
    body = {"user_id": user, "companies": [{"id": found, "remove": leave}]}
    if expected := machine.call(key, "POST", "/people", body, 400 if found == NOBODY else 200):
        expected.post_person({"user_id": user, "companies": [{"company_id": name, "remove": leave}]})


@counted_rule
def attributes(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Write attributes of a person or a company: the first value of each fixes its type."""
    values = {name: choices.pick(VALUES) for name in NAMES if choices.flag()}
    key = choices.pick(KEYS)
    if choices.flag():
        machine.upsert(key, {"user_id": choices.pick(USER_IDS), "custom_attributes": values})
        return
    body = {"company_id": choices.pick(COMPANY_IDS), "custom_attributes": values}
    if expected := machine.call(key, "POST", "/company", body):
        expected.post_company(body)


@counted_rule
def refused_call(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Make a call with one bad value: it changes nothing, and fixes no type."""
    values = {name: choices.pick(VALUES) for name in NAMES}
    body = {"user_id": choices.pick((*USER_IDS, "s4")), "custom_attributes": values, **choices.pick(BAD)}
    machine.call(choices.pick(KEYS), "POST", "/people", body, 400)


@counted_rule
def event(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Post an event of a person or a company, known or not; it may have a deduplication_id."""
    key = choices.pick(KEYS)
    post_event(machine, key, event_body(choices))


def event_body(choices: ByteChoices) -> dict[str, Any]:
    """Return an event of a person or a company, known or not."""
    users, emails = (*USER_IDS, "s1"), (*EMAILS.values(), *FRESH_EMAILS)
    who = choices.pick(({"user_id": choices.pick(users)}, {"email": choices.pick(emails)}, {}))
    where = {"company_id": choices.pick(COMPANY_IDS)} if not who or choices.flag() else {}
    once = {"deduplication_id": choices.pick(("d1", "d2"))} if choices.flag() else {}
    return {**PAID, **who, **where, **once, "metadata": {"n": choices.pick(VALUES[:-1])}}


def post_event(machine: SequenceMachine, key: str, body: dict[str, Any]) -> None:
    """Post an event: 202, but 404 if nobody has it and it does not repeat a counted one."""
    expected = machine.expected[key]
    machine.call(key, "POST", "/event", body, event_status(expected, body))
    expected.post_event(body)


def event_status(expected: ExpectedState, body: dict[str, Any]) -> int:
    """Return the status of an event."""
    counted = [one.get("deduplication_id") for one in expected.events or () if not one.get("dropped")]
    if "deduplication_id" in body and body["deduplication_id"] in counted:
        return 202
    names_person = "user_id" in body or "email" in body
    found = expected.find_person(body) if names_person else expected.find_company(body["company_id"])
    return 202 if found else 404


@counted_rule
def batch(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Post a batch: its jobs are done in order, and a refused one does not stop the others."""
    key = choices.pick(KEYS)
    expected = machine.expected[key]
    person = {"user_id": choices.pick(USER_IDS), "name": "Batch"}
    last = event_body(choices)
    expected.post_person(person)
    statuses = [200, 400, event_status(expected, last)]
    expected.post_event(last)
    payloads = (("people", person), ("people", {"name": "Nobody"}), ("event", last))
    jobs = [{"type": kind, "payload": payload} for kind, payload in payloads]
    response = machine.trial.call("POST", "/batch", {"jobs": jobs, "synchronous": True}, key)
    expect_same(response.status, 202, "status of POST /batch")
    expect_same([one["status"] for one in response.body["results"]], statuses, "results of POST /batch")


@counted_rule
def tag(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Put a tag on a person, or take it off; the person then has exactly its tags."""
    key, name = choices.pick(KEYS), choices.pick(("vip", "new"))
    found = internal_id(machine, key, "people", user_id=choices.pick(USER_IDS))
    if found == NOBODY:
        return
    tags = machine.trial.call("GET", "/tag", None, key).body["tags"]
    known = next((one["id"] for one in tags if one["name"] == name), None)
    if known is None:
        known = machine.trial.call("POST", "/tag", {"name": name, "category": "people"}, key).body["id"]
    action, has = choices.pick(("add", "remove")), machine.tags.setdefault((key, found), set())
    machine.call(key, "POST", "/people/tag", {"ids": [found], "type": action, "tag": known})
    has.add(name) if action == "add" else has.discard(name)
    person = machine.trial.call("GET", f"/people/{found}", None, key).body
    if (key, "restored") not in machine.tags:
        expect_same(sorted(person["tagNames"]), sorted(has), "tags of the person")


@counted_rule
def snapshot(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Keep a snapshot of a workspace."""
    key = choices.pick(KEYS)
    expect(machine.trial.call("PUT", "/_mock/snapshots/kept", None, key).ok, "a snapshot must be kept")
    machine.kept[key] = deepcopy(machine.expected[key])


@counted_rule
def restore(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Restore the snapshot of a workspace."""
    key = choices.pick(KEYS)
    if key in machine.kept:
        response = machine.trial.call("POST", "/_mock/snapshots/kept/restore", None, key)
        expect(response.ok, "a snapshot must be restored")
        machine.expected[key] = deepcopy(machine.kept[key])
        machine.tags[key, "restored"] = set()


@counted_rule
def people_of_company(machine: SequenceMachine, choices: ByteChoices) -> None:
    """Read the people of a company."""
    key, name = choices.pick(KEYS), choices.pick(COMPANY_IDS)
    found = internal_id(machine, key, "company", company_id=name)
    response = machine.trial.call("GET", f"/company/people/{found}", None, key)
    expect_same(response.status, 404 if found == NOBODY else 200, "status of GET /company/people")
    shown = [name_of(one["details"]) for one in response.body[0]["people"]] if response.ok else []
    wanted = [name_of(one) for one in machine.expected[key].people if name in one["companies"]]
    expect_same(sorted(shown), sorted(wanted), f"people of the company {name}")


@counted_rule
def list_people(machine: SequenceMachine, choices: ByteChoices) -> None:
    """List all people: the latest sign-up first, then the oldest record."""
    key = choices.pick(KEYS)
    page = machine.trial.call("GET", "/people/all", None, key, itemsPerPage=200).body[0]
    people = machine.expected[key].people
    wanted = sorted(people, key=lambda person: person.get("signed_up_at") or "", reverse=True)
    expect_same(list(map(name_of, page["people"])), list(map(name_of, wanted)), "people, in order")
    expect_same(page["total"], len(people), "total of the people")
