"""Laws about traits that no mapping table has: they become custom attributes and custom fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect_accepted, expect_company, expect_same
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.pools import SCALARS, UNMAPPED, UNSTORABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custify_contract.strategies.messages import Message

MAPPED_OF_PERSON: Final[Mapping[str, Any]] = {
    "email": "new@example.com",
    "phone": "555 0100",
    "sessionCount": 4,
    "unsubscribedFromEmails": True,
    "unsubscribedFromCalls": False,
    "name": "Ann",
    "signedUpAt": "2026-01-31T12:00:00.000Z",
}
MAPPED_OF_COMPANY: Final[Mapping[str, Any]] = {
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


def person_traits(choices: ByteChoices) -> dict[str, Any]:
    """Return mapped traits, unmapped traits, and sometimes a value that cannot be stored."""
    traits = {name: value for name, value in MAPPED_OF_PERSON.items() if choices.flag()}
    scalars = {name: value for name in UNMAPPED if (value := choices.maybe(SCALARS)) is not None}
    return {**traits, **scalars, **({"nested": choices.pick(UNSTORABLE)} if choices.flag() else {})}


def unmapped(traits: Mapping[str, Any]) -> dict[str, Any]:
    """Return the traits that must become custom attributes."""
    return {name: value for name, value in traits.items() if name in UNMAPPED}


def identify_case(choices: ByteChoices) -> Case:
    """Return an identify with mapped, unmapped and unstorable traits, in both places of traits."""
    traits, context_traits = person_traits(choices), person_traits(choices)
    message = {"type": "identify", "userId": "u1", "messageId": "m1", "traits": traits}
    message["context"] = {"traits": context_traits}
    return Case((message,), facts={"expected": {**unmapped(context_traits), **unmapped(traits)}})


def check_identify(trial: Trial) -> None:
    """Expect the unmapped scalars, and no other trait, as custom attributes and custom fields."""
    expect_accepted(trial)
    wanted = trial.case.facts["expected"]
    sent = trial.requests[-1].body.get("custom_attributes", {})
    expect_same(sent, wanted, "custom_attributes in POST /people")
    expect_same(trial.after.people[-1]["custom_attributes"], wanted, "custom_attributes of the person")
    expect_fields(trial, "people")


def group_case(choices: ByteChoices) -> Case:
    """Return a group with mapped, unmapped and unstorable traits."""
    traits = unmapped(person_traits(choices))
    mapped = {name: value for name, value in MAPPED_OF_COMPANY.items() if choices.flag()}
    message: Message = {"type": "group", "userId": "u1", "groupId": "g1", "messageId": "m1"}
    message["traits"] = {**traits, **mapped, "nested": {"a": 1}}
    return Case((message,), facts={"expected": traits, "company": "g1"})


def check_group(trial: Trial) -> None:
    """Expect the unmapped scalars, and no other trait, as custom attributes and fields of the company."""
    expect_accepted(trial)
    company = expect_company(trial.after, trial.renamed_fact("company", "groupId"))
    wanted = trial.case.facts["expected"]
    expect_same(company["custom_attributes"], wanted, "custom_attributes of the company")
    expect_fields(trial, "companies")


def expect_fields(trial: Trial, kind: str) -> None:
    """Expect one custom field for each expected custom attribute, if the Custify shows custom fields."""
    if trial.after.fields is not None:
        wanted = sorted(trial.case.facts["expected"])
        expect_same(sorted(trial.after.fields[kind]), wanted, f"custom fields of {kind}")


LAWS: Final = (
    Law(
        "identify.custom_attributes",
        "Identify, supported mapping",
        "It also creates a new custom field for the unmapped attributes.",
        decoded(identify_case, 32),
        check_identify,
    ),
    Law(
        "group.custom_attributes",
        "Group, supported mapping",
        "It also creates a new custom field for any unmapped attributes.",
        decoded(group_case, 32),
        check_group,
    ),
)
