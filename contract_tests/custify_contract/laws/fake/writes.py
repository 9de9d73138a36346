"""Laws about writes to the fake by direct calls: upserts of people and companies, associations, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case, Law, Level, Trial
from custify_contract.laws.checks import expect, expect_new, expect_same, expect_state, is_dropped
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.pools import SCALARS, UNMAPPED

if TYPE_CHECKING:
    from collections.abc import Callable

REGION: Final = {"region": "EU", "tier": 1}
C1: Final = [{"company_id": "c1"}]
RECORDS: Final = (
    ("/company", {"company_id": "c1", "name": "One", "custom_attributes": REGION}),
    ("/people", {"user_id": "p1", "email": "p1@example.com", "companies": C1}),
    ("/people", {"user_id": "p2", "email": "p2@example.com", "companies": C1}),
    ("/people", {"email": "p3@example.com", "name": "Three", "custom_attributes": REGION}),
)
PERSON_FIELDS: Final = {
    "name": "Three",
    "phone": "1",
    "session_count": 3,
    "signed_up_at": "2026-01-31",
    "unsubscribed_from_emails": True,
    "unsubscribed_from_calls": True,
}
COMPANY_FIELDS: Final = {
    "name": "One",
    "plan": "Pro",
    "signed_up_at": "2026-01-31",
    "size": 3,
    "website": "a.example.com",
    "industry": "Retail",
    "monthly_revenue": 1.5,
}
REMOVE: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"remove": False},
    {"remove": True},
    {"remove": "true"},
    {"remove": "False"},
)
SHARED: Final = "shared@example.com"
UPSERTS: Final[tuple[dict[str, Any], ...]] = (
    {"user_id": "p1"},
    {"email": "p1@example.com"},
    {"email": "p3@example.com"},
    {"user_id": "p1", "email": "p1@example.com"},
    {"user_id": "p1", "email": "other@example.com"},
    {"user_id": "p4"},
    {"email": "p4@example.com"},
    {"user_id": "p4", "email": "p4@example.com"},
    {"user_id": "p4", "email": "p3@example.com"},
    {"user_id": "P1"},
    {"user_id": " p1"},
    {"email": "P1@example.com"},
    {"email": " p3@example.com"},
    {"user_id": 1},
)
COMPANIES: Final = ("c1", "C1", " c1", "c1 ", "c2", "77", 77, "077", "ü  3")
WITH_ATTRIBUTES: Final = (("/company", {"company_id": "c1"}), ("/people", {"email": "p3@example.com"}))


def post(path: str, body: Any) -> Case:
    """Return the case of one direct call; a company with two people and a third person exist."""
    return Case(setup=RECORDS, facts={"path": path, "body": body})


def make_call(trial: Trial) -> None:
    """Make the call of the case."""
    trial.notes["response"] = trial.call("POST", trial.case.facts["path"], trial.case.facts["body"])


def check_accepted(trial: Trial) -> None:
    """Expect that the call is accepted, and the state that it leads to."""
    response, path = trial.notes["response"], trial.case.facts["path"]
    expect(
        response.ok or is_dropped(trial.steps[-1]),
        f"POST {path} must be accepted, it answered {response.status} {response.body}",
    )
    expect_state(trial)


def upsert(choices: ByteChoices) -> Case:
    """Return an upsert that identifies a person by user_id, by email, or by both."""
    identity = choices.pick(UPSERTS)
    return post("/people", {**identity, "name": "New", "session_count": choices.pick((0, 5))})


def upsert_company(choices: ByteChoices) -> Case:
    """Return an upsert of a company whose id is like that of another one, or a link to such a company."""
    link = {"company_id": choices.pick(COMPANIES), "remove": choices.flag()}
    body: dict[str, Any] = {"company_id": choices.pick(COMPANIES), "plan": "New"}
    path, body = choices.pick((("/company", body), ("/people", {"user_id": "p2", "companies": [link]})))
    known = [("/company", {"company_id": name}) for name in COMPANIES[:6] if choices.flag()]
    return Case(setup=(*RECORDS, *known), facts={"path": path, "body": body})


def shared_email(choices: ByteChoices) -> Case:
    """Return an upsert, where two people share an email and a third one has it alone or not at all."""
    shared = [("/people", {"user_id": name, "email": SHARED, "name": name}) for name in ("s1", "s2")]
    later = [("/people", {"user_id": "s1"}), *reversed(shared)]  # the oldest gets the email last
    shared = choices.pick((shared, later))
    alone = [("/people", {"email": "p3@example.com"})] if choices.flag() else []
    identity = choices.pick(
        (
            {"email": SHARED},
            {"user_id": "s2", "email": SHARED},
            {"user_id": "s3", "email": SHARED},
            {"user_id": "s2", "email": "p3@example.com"},
            {"user_id": "s3", "email": "p3@example.com"},
            {"user_id": "s1", "email": "new@example.com"},
        )
    )
    body = {**identity, "phone": "1", "companies": [{"company_id": "c1"}]}
    return Case(setup=(*shared, *alone), facts={"path": "/people", "body": body})


def event_by_shared_email(choices: ByteChoices) -> Case:
    """Return an event by an email that two people share, or by one of them."""
    shared = [("/people", {"user_id": name, "email": SHARED}) for name in ("s1", "s2")]
    shared = choices.pick((shared, [("/people", {"user_id": "s1"}), *reversed(shared)]))
    who = choices.pick(({"email": SHARED}, {"user_id": "s2", "email": SHARED}, {"user_id": "s2"}))
    body = {"name": "Paid", "created_at": "2026-01-31T12:00:00.000Z", "metadata": {}, **who}
    return Case(setup=tuple(shared), facts={"path": "/event", "body": body})


def parents(choices: ByteChoices) -> Case:
    """Return an update of a company that adds and removes companies above it."""
    names = ("c1", "c2", "c3")
    made = [("/company", {"company_id": name}) for name in names]
    first = ("/company", {"company_id": "c1", "parent_companies": [{"company_id": "c2"}]})
    links = [
        {"company_id": choices.pick(("c2", "c3")), **({"remove": True} if choices.flag() else {})}
        for _ in range(1 + choices.number(3))
    ]
    body = {"company_id": "c1", "parent_companies": links}
    return Case(setup=(*made, first), facts={"path": "/company", "body": body})


def unset(choices: ByteChoices) -> Case:
    """Return an upsert that empties some fields and writes another one."""
    path, identity = choices.pick(WITH_ATTRIBUTES)
    fields = COMPANY_FIELDS if path == "/company" else PERSON_FIELDS
    attributes = [f"custom_attributes.{name}" for name in ("region", "tier", "unknown")]
    chosen = [name for name in (*fields, *attributes, "unknown") if choices.flag()] or ["name"]
    facts = {"path": path, "body": {**identity, "$unset": chosen, "custom_attributes": {"written": 1}}}
    return Case(setup=(*RECORDS, (path, {**identity, **fields})), facts=facts)


def two_types(choices: ByteChoices) -> Case:
    """Return an upsert that gives an attribute a second value, of the same type or another one."""
    path, identity = choices.pick(WITH_ATTRIBUTES)
    first, second = choices.pick(SCALARS), choices.pick((*SCALARS, None))
    body = {**identity, "custom_attributes": {"plan": first}}
    again = {**identity, "custom_attributes": {"plan": second}}
    return Case(setup=(*RECORDS, (path, body)), facts={"path": path, "body": again})


def check_two_types(trial: Trial) -> None:
    """Expect that the call is accepted, and that the type stays that of the first value."""
    expect(trial.notes["response"].ok, "the call must be accepted")
    expect_same(trial.after.fields, trial.before.fields, "types of the custom fields")


def links(choices: ByteChoices) -> Case:
    """Return an upsert that associates and dissociates known and new companies."""
    entries = [
        {
            "company_id": choices.pick(("c1", "c2", "c3", "C1")),
            **choices.pick(REMOVE),
        }
        for _ in range(1 + choices.number(3))
    ]
    return post("/people", {"user_id": choices.pick(("p1", "p2", "p4")), "companies": entries})


def attributes(choices: ByteChoices) -> Case:
    """Return an upsert with custom attributes, some of them known."""
    values = {name: value for name in (*UNMAPPED, *REGION) if (value := choices.maybe(SCALARS)) is not None}
    path, identity = choices.pick(WITH_ATTRIBUTES)
    return post(path, {**identity, "custom_attributes": values})


def cleared_attribute(choices: ByteChoices) -> Case:
    """Return an upsert that removes one custom attribute with null."""
    path, identity = choices.pick(WITH_ATTRIBUTES)
    return post(path, {**identity, "custom_attributes": {"region": None}})


def check_cleared(trial: Trial) -> None:
    """Expect that attribute removed, and the other one kept."""
    expect(trial.notes["response"].ok, "the call must be accepted")
    record = (trial.after.companies if trial.case.facts["path"] == "/company" else trial.after.people)[-1]
    expect_same(record["custom_attributes"], {"tier": 1}, "custom_attributes")


def event(choices: ByteChoices) -> Case:
    """Return an event of a known or unknown person or company; its deduplication_id may be known."""
    who = choices.pick(
        (
            *({"user_id": "p1"}, {"email": "p2@example.com"}, {"user_id": "p9"}, {"company_id": "c1"}),
            {"user_id": "p9", "email": "p2@example.com"},
            {"user_id": "p1", "email": "p2@example.com"},
            {"user_id": "P1"},
        )
    )
    company = choices.pick(({}, {"company_id": "c1"}, {"company_id": "c9"}))
    deduplication = choices.pick(({}, *({"deduplication_id": one} for one in ("d1", "d1", "D1", " d1", 1))))
    first = {"name": "First", "user_id": "p1", "deduplication_id": "d1", "created_at": "2026-01-30"}
    body = {
        "name": choices.pick(("Paid", "First")),
        "metadata": {"n": 0, "ok": False, "none": None},
        "created_at": "2026-01-31T12:00:00.000Z",
    }
    facts = {"path": "/event", "body": {**body, **company, **who, **deduplication}}
    return Case(setup=(*RECORDS, ("/event", first)), facts=facts)


def changed_identifier(choices: ByteChoices) -> Case:
    """Return an upsert that changes the email or gives a user_id to a person."""
    email = {"by": {"user_id": "p1", "email": "p1b@example.com"}, "old": {"email": "p1@example.com"}}
    added = {"by": {"email": "p3@example.com", "user_id": "p3"}, "old": {"user_id": "p9"}}
    return Case(setup=RECORDS, facts=choices.pick((email, added)))


def change_identifier(trial: Trial) -> None:
    """Change the identifier, look for the old one, and create a person with the old one."""
    facts = trial.case.facts
    trial.call("POST", "/people", facts["by"])
    trial.notes["found"] = trial.call("GET", "/people", **facts["old"]).status
    trial.notes["response"] = trial.call("POST", "/people", facts["old"])


def check_changed_identifier(trial: Trial) -> None:
    """Expect no person with the old identifier, and then a new one."""
    expect_same(trial.notes["found"], 404, "status of a lookup by an identifier that is not used any more")
    expect(trial.notes["response"].ok, "an identifier that is not used any more must be free")
    expect_new(trial, "people", 1)


def law(  # noqa: PLR0913, PLR0917 - most have a default
    name: str,
    source: str,
    decode: Callable[[ByteChoices], Case],
    check: Callable[[Trial], None],
    act: Callable[[Trial], None] = make_call,
    level: Level = "decided",
    size: int = 24,
) -> Law:
    """Return a law about direct calls; its cases are decoded from `size` bytes."""
    section = "Decisions, the fake"
    return Law(f"api.{name}", section, source, decoded(decode, size), check, act, level, needs_all=True)


LAWS: Final = (
    law("identifies", "Identification: user_id, else email", upsert, check_accepted, level="observed"),
    law(
        "identifies-companies",
        "A company_id is compared exactly, with its letter case and its blanks; a number is compared as text",
        upsert_company,
        check_accepted,
    ),
    law(
        "links",
        "Listing a company adds the link, remove removes it, other links are kept",
        links,
        check_accepted,
    ),
    law(
        "shared-email",
        "Another user_id with a known email is a separate person; an email alone finds the oldest of them",
        shared_email,
        check_accepted,
        level="observed",
    ),
    law(
        "event-by-shared-email",
        "An event with an email that several people share belongs to the oldest of them",
        event_by_shared_email,
        check_accepted,
    ),
    law(
        "parents",
        "Listing a parent adds it, remove removes it, other parents are kept",
        parents,
        check_accepted,
        level="observed",
    ),
    law(
        "unset",
        "$unset empties the fields that it names and no other",
        unset,
        check_accepted,
        level="observed",
    ),
    law(
        "fixed-types",
        "The first value of an attribute fixes its type",
        two_types,
        check_two_types,
        level="observed",
    ),
    law("attributes", "custom_attributes merge per key", attributes, check_accepted),
    law("clears-attributes", "null removes a custom attribute", cleared_attribute, check_cleared),
    law(
        "events",
        "A deduplication_id seen before is ignored; an unknown person is dropped",
        event,
        check_accepted,
        level="observed",
    ),
    law(
        "renames",
        "An old identifier of a person finds no person",
        changed_identifier,
        check_changed_identifier,
        change_identifier,
    ),
)
