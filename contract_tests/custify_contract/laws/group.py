"""The laws of group: the company, its person, and the order of their requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.choices import Choices, decoded
from custify_contract.law import (
    Case,
    Law,
    Trial,
    deliver_all,
    expect,
    expect_accepted,
    expect_company,
    expect_person,
    expect_same,
)
from custify_contract.laws.association import group_of
from custify_contract.laws.identify import some_traits, storables
from custify_contract.laws.states import expect_only, expect_state
from custify_contract.strategies import DATES, GROUPS, NAMES, SIZE, TIMES, USERS, as_text, group
from custify_contract.worlds import WORLD_SIZE, world

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTION: Final = "Group"
ASSOCIATION: Final = "How RudderStack does the user-organization association"
DECISION: Final = "Decisions, the transformer"
BYTES: Final = WORLD_SIZE + SIZE
MAPPED: Final[Mapping[str, Any]] = {
    "name": "Acme",
    "industry": "Retail",
    "size": 150,
    "website": "https://a.example.com",
    "url": "https://b.example.com",
    "plan": "Pro",
    "monthlyRevenue": 900,
    "mrr": 7,
    "churned": False,
}


def any_group(choices: Choices) -> Case:
    """Return a group in any workspace."""
    return Case((group(choices),), setup=world(choices))


def check_order(trial: Trial) -> None:
    """Expect two requests, the company before the person, and what they ask for."""
    expect_accepted(trial)
    paths = [request.endpoint.rpartition("/")[2] for request in trial.requests]
    wanted = ["people"] if trial.transformer.calls_itself else ["company", "people"]
    expect_same(paths, wanted, "requests of a group, in order")
    expect_state(trial)


def update(choices: Choices) -> Case:
    """Return a group of a company that is there, with fields the message may leave out."""
    user, company = choices.pick(USERS), choices.pick(GROUPS)
    name = as_text(company)
    body = {
        "company_id": name,
        "name": "Old",
        "size": 3,
        "plan": "Old",
        "custom_attributes": {"region": "EU"},
    }
    setup = (*world(choices, absent=(name,)), ("/company", body))
    return Case((group_of(choices, user, company),), setup=setup, facts={"company": name})


def check_update(trial: Trial) -> None:
    """Expect the company once, with the fields that the message leaves out as they were."""
    expect_accepted(trial)
    name = trial.named("company", "groupId")
    company = expect_company(trial.after, name)
    traits = trial.case.message["traits"]
    for field in ("name", "size", "plan"):
        expect_same(
            company[field], traits.get(field, expect_company(trial.before, name)[field]), f"{field} of {name}"
        )
    expect_same(
        company["custom_attributes"].get("region"), "EU", f"region of {name}, which the message does not have"
    )
    expect_state(trial)


def unmapped(choices: Choices) -> Case:
    """Return a group whose traits have mapped names, unmapped ones, and values that cannot be stored."""
    traits = {**storables(some_traits(choices)), **{name: v for name, v in MAPPED.items() if choices.flag()}}
    message = {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"}
    return Case(
        ({**message, "traits": {**traits, "nested": {"a": 1}}},), facts={"expected": storables(traits)}
    )


def check_unmapped(trial: Trial) -> None:
    """Expect the unmapped scalars, and nothing else, as the company's custom attributes and custom fields."""
    expect_accepted(trial)
    wanted = trial.case.facts["expected"]
    company = expect_company(trial.after, str(trial.custify.rename({"groupId": "g1"})["groupId"]))
    expect_same(company["custom_attributes"], wanted, "custom_attributes of the company")
    if trial.after.fields is not None:
        expect_same(sorted(trial.after.fields["companies"]), sorted(wanted), "custom fields of companies")


def sticky(choices: Choices) -> Case:
    """Return a group whose context.traits still name the company of an earlier identify, as in browsers."""
    user, company, other = choices.pick(USERS), choices.pick(GROUPS), choices.pick(GROUPS)
    message = group_of(choices, user, company)
    traits = message.get("context", {}).get("traits", {})
    old = {"id": f"old {other}", **choices.pick(({}, {"remove": True}, {"remove": False}))}
    message["context"] = {"traits": {**traits, "company": old}}
    facts = {"person": as_text(user), "company": as_text(company)}
    return Case((message,), setup=world(choices), facts=facts)


def check_sticky(trial: Trial) -> None:
    """Expect a link to the groupId, and to nothing that was not linked before."""
    expect_accepted(trial)
    name, company = trial.named("person"), trial.named("company", "groupId")
    before = [linked for found in trial.before.people_named(name) for linked in found["companies"]]
    found = expect_person(trial.after, name)["companies"]
    expect_same(found, sorted({*before, company}), f"companies of {name}: the groupId's and nothing else")


def separate(choices: Choices) -> Case:
    """Return a group whose traits and context.traits each have values of names that both could own."""
    company = {
        "name": "Acme",
        "email": "office@example.com",
        "phone": "1",
        "firstName": "No",
        "country": "DE",
    }
    person = {"firstName": choices.pick(NAMES), "lastName": "Lee", "plan": "Mine", "industry": "Mine"}
    message = {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1", "traits": company}
    message["timestamp"] = choices.pick(TIMES)
    dated = choices.maybe(DATES)
    message["context"] = {"traits": {**person, **({"signedUpAt": dated} if dated else {})}}
    facts = {"name": f"{person['firstName']} Lee", "signed_up_at": dated}
    return Case((message,), facts=facts)


def check_separate(trial: Trial) -> None:
    """Expect the company's traits on the company and the person's on the person."""
    expect_accepted(trial)
    person, company = trial.after.people[-1], trial.after.companies[-1]
    expect_same(person.get("name"), trial.case.facts["name"], "name of the person, from context.traits")
    expect_same(person.get("email"), None, "email of the person: traits.email is the company's")
    expect_same(person.get("phone"), None, "phone of the person: traits.phone is the company's")
    expect_same(person.get("signed_up_at"), trial.case.facts["signed_up_at"], "signed_up_at of the person")
    expect_same(person["custom_attributes"].get("country"), None, "country of the person")
    expect_same(person["custom_attributes"].get("industry"), "Mine", "industry of the person")
    expect_same(
        (company.get("plan"), company.get("industry")), (None, None), "plan and industry of the company"
    )


def unnamed(choices: Choices) -> Case:
    """Return two groups without groupId that differ in their messageId."""
    user = choices.pick(USERS)
    message = group_of(choices, user, None)
    others = [{**message, "messageId": name} for name in ("first", "second")]
    return Case(tuple(others), setup=world(choices), facts={"person": as_text(user)})


def play_unnamed(trial: Trial) -> None:
    """Deliver both groups, and the first one again as a retry does."""
    deliver_all(trial)
    trial.deliver(trial.case.messages[0])


def check_unnamed(trial: Trial) -> None:
    """Expect two new companies: one for each message, none for the retry."""
    expect_accepted(trial)
    grown = len(trial.after.companies) - len(trial.before.companies)
    expect_same(grown, 2, "companies that two messages and one retry create")
    expect(len(trial.after.people_named(trial.named("person"))) == 1, "the person must exist exactly once")
    expect_state(trial)


def contentless(choices: Choices) -> Case:
    """Return a group with neither groupId nor messageId, twice, its times and order of names changed."""
    message = {
        name: value
        for name, value in group_of(choices, choices.pick(USERS), None).items()
        if name != "messageId"
    }
    again = {**dict(reversed(message.items())), "timestamp": TIMES[2], "sentAt": TIMES[2]}
    return Case((message, again), setup=world(choices))


def check_contentless(trial: Trial) -> None:
    """Expect one new company for both."""
    expect_accepted(trial)
    grown = len(trial.after.companies) - len(trial.before.companies)
    expect_same(grown, 1, "companies that a message and its retry create")


def nested(choices: Choices) -> Case:
    """Return a group in the form of the page's sample: traits and context inside the traits of the call."""
    inner = {"name": choices.pick(NAMES), "size": choices.pick((150, 0)), "plan": "Pro"}
    person = {"name": "Alex Keener", "email": "alex@example.com"}
    message = {"type": "group", "userId": "u1", "groupId": "group01", "messageId": "m1"}
    message["traits"] = {"traits": inner, "context": {"traits": person}}  # type: ignore[assignment]
    return Case((message,), facts={"company": inner, "person": person})


def check_nested(trial: Trial) -> None:
    """Expect what the sample means: its company, its person, and their association."""
    expect_accepted(trial)
    company, person = trial.after.companies[-1], trial.after.people[-1]
    for field, value in trial.case.facts["company"].items():
        expect_same(company.get(field), value, f"{field} of the company")
    expect_same(person.get("name"), trial.case.facts["person"]["name"], "name of the person")
    expect_same(person["companies"], [company["company_id"]], "companies of the person")


def numbered(choices: Choices) -> Case:
    """Return a group whose ids are numbers, in a workspace that knows both as text."""
    user, company = choices.pick((77, 1234567, 1.5)), choices.pick((42, 0, 7.25))
    setup = (("/people", {"user_id": as_text(user)}), ("/company", {"company_id": as_text(company)}))
    facts = {"person": as_text(user), "company": as_text(company)}
    return Case((group_of_numbers(user, company),), setup=setup, facts=facts)


def group_of_numbers(user: float, company: float) -> dict[str, Any]:
    """Return a bare group."""
    return {"type": "group", "userId": user, "groupId": company, "messageId": "m1"}


def check_numbered(trial: Trial) -> None:
    """Expect the ids as text, and no second record beside the known ones."""
    expect_accepted(trial)
    name, company = trial.named("person"), trial.named("company", "groupId")
    expect_same(trial.requests[-1].body["user_id"], name, "user_id in POST /people")
    expect_same(trial.requests[-1].body["companies"][0]["company_id"], company, "company_id in POST /people")
    expect_only(trial, people={name}, companies={company})
    expect_state(trial)


LAWS: Final = (
    Law(
        "group.company-then-person",
        SECTION,
        "You can use the group call to create or update a company in Custify and associate a user to it.",
        "documented",
        decoded(any_group, BYTES),
        check_order,
    ),
    Law(
        "group.updates",
        SECTION,
        "It uses the groupId to uniquely identify a group.",
        "documented",
        decoded(update, BYTES),
        check_update,
    ),
    Law(
        "group.custom_attributes",
        "Group, supported mapping",
        "It also creates a new custom field for any unmapped attributes.",
        "documented",
        decoded(unmapped, 32),
        check_unmapped,
    ),
    Law(
        "group.only-its-group",
        DECISION,
        "A group associates the person with its groupId and with nothing else",
        "decided",
        decoded(sticky, BYTES),
        check_sticky,
    ),
    Law(
        "group.traits-apart",
        ASSOCIATION,
        "The traits of a group are the company's; the person's stand in context.traits",
        "decided",
        decoded(separate, 8),
        check_separate,
    ),
    Law(
        "group.retry-without-group-id",
        DECISION,
        "A group without groupId creates a company whose id is derived from the message, so that a "
        "retry does not "
        "create a second one",
        "decided",
        decoded(unnamed, BYTES),
        check_unnamed,
        play_unnamed,
    ),
    Law(
        "group.retry-without-any-id",
        DECISION,
        "Without a messageId the company's id is derived from the content of the group",
        "decided",
        decoded(contentless, BYTES),
        check_contentless,
    ),
    Law(
        "group.sample-form",
        SECTION,
        'rudderanalytics.group("group01", { traits: { "name": "Tech Group", "size": 150, "plan": "Pro" }, '
        'context: { "traits": { "name": "Alex Keener", "email": "alex@example.com" } },});',
        "documented",
        decoded(nested, 4),
        check_nested,
    ),
    Law(
        "group.numeric-ids",
        DECISION,
        "Ids may be numbers: they are sent as text",
        "decided",
        decoded(numbered, 4),
        check_numbered,
    ),
)
