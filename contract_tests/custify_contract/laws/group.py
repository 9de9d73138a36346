"""Laws about group: the company, its person, and the order of their requests."""

from __future__ import annotations

from typing import Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import (
    companies_before,
    expect_accepted,
    expect_company,
    expect_only,
    expect_person,
    expect_same,
    expect_state,
)
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, existing_records
from custify_contract.strategies.messages import Message, group, group_of
from custify_contract.strategies.pools import DATES, GROUPS, NAMES, TIMES, USERS

SECTION: Final = "Group"
DECISION: Final = "Decisions, the transformer"
PLAIN: Final[Message] = {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"}


def any_group(choices: ByteChoices) -> Case:
    """Return any group."""
    return Case((group(choices),), setup=existing_records(choices))


def check_order(trial: Trial) -> None:
    """Expect two requests, the company before the person, and the state that they lead to."""
    expect_accepted(trial)
    paths = [request.endpoint.rpartition("/")[2] for request in trial.requests]
    wanted = ["people"] if trial.transformer.posts_companies else ["company", "people"]
    expect_same(paths, wanted, "requests of a group, in order")
    expect_state(trial)


def known_company(choices: ByteChoices) -> Case:
    """Return a group of a company that exists, with fields that the message may not have."""
    user, company = choices.pick(USERS), choices.pick(GROUPS)
    name = str(company)
    fields = {"name": "Old", "size": 3, "plan": "Old", "custom_attributes": {"region": "EU"}}
    setup = (*existing_records(choices, absent=(name,)), ("/company", {"company_id": name, **fields}))
    return Case((group_of(choices, user, company),), setup=setup, facts={"company": name})


def check_update(trial: Trial) -> None:
    """Expect the company exactly once; fields that the message does not have stay as they are."""
    expect_accepted(trial)
    name = trial.renamed_fact("company", "groupId")
    before, after = expect_company(trial.before, name), expect_company(trial.after, name)
    traits = trial.case.message["traits"]
    for field in ("name", "size", "plan"):
        expect_same(after.get(field), traits.get(field, before.get(field)), f"{field} of {name}")
    region = after["custom_attributes"].get("region")
    expect_same(region, "EU", f"region of {name}, which the message does not have")
    expect_state(trial)


def company_in_context(choices: ByteChoices) -> Case:
    """Return a group whose context.traits have the company of an earlier identify, as browsers send it."""
    user, company, other = choices.pick(USERS), choices.pick(GROUPS), choices.pick(GROUPS)
    message = group_of(choices, user, company)
    traits = message.get("context", {}).get("traits", {})
    old = {"id": f"old {other}", **choices.pick(({}, {"remove": True}, {"remove": False}))}
    message["context"] = {"traits": {**traits, "company": old}}
    facts = {"person": str(user), "company": str(company)}
    return Case((message,), setup=existing_records(choices), facts=facts)


def check_only_its_group(trial: Trial) -> None:
    """Expect the association with the groupId, the earlier associations, and no other one."""
    expect_accepted(trial)
    name, company = trial.renamed_fact("person"), trial.renamed_fact("company", "groupId")
    found, wanted = expect_person(trial.after, name)["companies"], {*companies_before(trial, name), company}
    expect_same(found, sorted(wanted), f"companies of {name}: only the groupId may be added")


def traits_of_both(choices: ByteChoices) -> Case:
    """Return a group with traits and context.traits whose names could be of the person or of the company."""
    company = {
        "name": "Acme",
        "email": "office@example.com",
        "phone": "1",
        "firstName": "No",
        "country": "DE",
    }
    person = {"firstName": choices.pick(NAMES), "lastName": "Lee", "plan": "Mine", "industry": "Mine"}
    message = {**PLAIN, "traits": company, "timestamp": choices.pick(TIMES)}
    date = choices.maybe(DATES)
    message["context"] = {"traits": {**person, **({"signedUpAt": date} if date else {})}}
    return Case((message,), facts={"name": f"{person['firstName']} Lee", "signed_up_at": date})


def check_traits_of_both(trial: Trial) -> None:
    """Expect the traits on the company and the context.traits on the person."""
    expect_accepted(trial)
    person, company = trial.after.people[-1], trial.after.companies[-1]
    expect_same(person.get("name"), trial.case.facts["name"], "name of the person, from context.traits")
    expect_same(person.get("email"), None, "email of the person: traits.email is the company's")
    expect_same(person.get("phone"), None, "phone of the person: traits.phone is the company's")
    expect_same(person.get("signed_up_at"), trial.case.facts["signed_up_at"], "signed_up_at of the person")
    expect_same(person["custom_attributes"].get("country"), None, "country of the person")
    expect_same(person["custom_attributes"].get("industry"), "Mine", "industry of the person")
    found = (company.get("plan"), company.get("industry"))
    expect_same(found, (None, None), "plan and industry of the company")


def sample_form(choices: ByteChoices) -> Case:
    """Return a group like the sample of the page: traits and context are inside the traits of the call."""
    company = {"name": choices.pick(NAMES), "size": choices.pick((150, 0)), "plan": "Pro"}
    person = {"name": "Alex Keener", "email": "alex@example.com"}
    traits = {"traits": company, "context": {"traits": person}}
    message = {**PLAIN, "groupId": "group01", "traits": traits}
    return Case((message,), facts={"company": company, "person": person})


def check_sample_form(trial: Trial) -> None:
    """Expect the company and the person of the sample, and their association."""
    expect_accepted(trial)
    company, person = trial.after.companies[-1], trial.after.people[-1]
    for field, value in trial.case.facts["company"].items():
        expect_same(company.get(field), value, f"{field} of the company")
    expect_same(person.get("name"), trial.case.facts["person"]["name"], "name of the person")
    expect_same(person["companies"], [company["company_id"]], "companies of the person")


def numeric_ids(choices: ByteChoices) -> Case:
    """Return a group whose ids are numbers; both records exist, with the ids as text."""
    user, company = choices.pick((77, 1234567, 1.5)), choices.pick((42, 0, 7.25))
    setup = (("/people", {"user_id": str(user)}), ("/company", {"company_id": str(company)}))
    facts = {"person": str(user), "company": str(company)}
    return Case(({**PLAIN, "userId": user, "groupId": company},), setup=setup, facts=facts)


def check_numeric_ids(trial: Trial) -> None:
    """Expect the ids as text, and no new records."""
    expect_accepted(trial)
    name, company = trial.renamed_fact("person"), trial.renamed_fact("company", "groupId")
    body = trial.requests[-1].body
    expect_same(body["user_id"], name, "user_id in POST /people")
    expect_same(body["companies"][0]["company_id"], company, "company_id in POST /people")
    expect_only(trial, people={name}, companies={company})
    expect_state(trial)


LAWS: Final = (
    Law(
        "group.company-then-person",
        SECTION,
        "You can use the group call to create or update a company in Custify and associate a user to it.",
        decoded(any_group, CASE_SIZE),
        check_order,
    ),
    Law(
        "group.updates",
        SECTION,
        "It uses the groupId to uniquely identify a group.",
        decoded(known_company, CASE_SIZE),
        check_update,
    ),
    Law(
        "group.only-its-group",
        DECISION,
        "A group associates the person with its groupId and with nothing else",
        decoded(company_in_context, CASE_SIZE),
        check_only_its_group,
        level="decided",
    ),
    Law(
        "group.traits-apart",
        "How RudderStack does the user-organization association",
        "The traits of a group are about the company; the traits of the person are in context.traits",
        decoded(traits_of_both, 8),
        check_traits_of_both,
        level="decided",
    ),
    Law(
        "group.sample-form",
        SECTION,
        'rudderanalytics.group("group01", { traits: { "name": "Tech Group", "size": 150, "plan": "Pro" }, '
        'context: { "traits": { "name": "Alex Keener", "email": "alex@example.com" } },});',
        decoded(sample_form, 4),
        check_sample_form,
    ),
    Law(
        "group.numeric-ids",
        DECISION,
        "Ids may be numbers: they are sent as text",
        decoded(numeric_ids, 4),
        check_numeric_ids,
        level="decided",
    ),
)
