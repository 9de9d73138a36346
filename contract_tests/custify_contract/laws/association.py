"""The table "How RudderStack does the user-organization association", row by row, in both readings.

The descriptions of a row are about what exists in Custify before, its columns about the ids in the message.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from custify_contract.law import SETTINGS, WITH_ANONYMOUS_ID, Case, Law, Trial
from custify_contract.laws.checks import (
    companies_before,
    expect,
    expect_accepted,
    expect_company,
    expect_new,
    expect_only,
    expect_person,
    expect_same,
    expect_state,
)
from custify_contract.observed_state import name_of
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, existing_records
from custify_contract.strategies.messages import Message, group_of
from custify_contract.strategies.pools import ANONYMOUS, FRESH_EMAILS, GROUPS, USERS

ROWS: Final = {
    "no-no": "No | No | User and the organization do not exist in Custify. | RudderStack creates a new user "
    "and organization in Custify and associates both.",
    "no-yes": "No | Yes | Organization exists in Custify but not the user. | RudderStack creates a new user "
    "and associates them with the organization.",
    "yes-no": "Yes | No | User exists in Custify but not the organization. | RudderStack creates a new "
    "organization and associates the user with it.",
    "yes-yes": "Yes | Yes | Both the user and the organization exist in Custify | RudderStack does the "
    "user-organization association.",
}


READINGS: Final = {
    "exists": "Read here as: a record “exists” if it is in Custify before the message.",
    "carries": "Read here as: the user or the organization “exists” if the message carries its id.",
}


def exists(row: str, choices: ByteChoices) -> Case:
    """Return a group with both ids; the row says which of the two records exist before."""
    user, company = choices.pick(USERS), choices.pick(GROUPS)
    cells = dict(zip((str(user), str(company)), row.split("-"), strict=True))
    present = tuple(name for name, cell in cells.items() if cell == "yes")
    absent = tuple(name for name, cell in cells.items() if cell == "no")
    setup = existing_records(choices, present=present, absent=absent)
    facts = {"person": str(user), "company": str(company)}
    return Case((group_of(choices, user, company),), setup=setup, facts=facts)


def carries(row: str, choices: ByteChoices) -> Case:
    """Return a group, with any existing records; the row says which of the two ids the message carries.

    Without a user id, the email identifies the person, or the anonymousId if the setting is on.
    """
    with_user, with_company = row.split("-")
    company = choices.pick(GROUPS) if with_company == "yes" else None
    facts = {"company": None if company is None else str(company)}
    if with_user == "no":
        return without_user_id(choices, group_of(choices, None, company), facts)
    user = choices.pick(USERS)
    message = group_of(choices, user, company)
    return Case((message,), setup=existing_records(choices), facts={**facts, "person": str(user)})


def without_user_id(choices: ByteChoices, message: Message, facts: dict[str, Any]) -> Case:
    """Return the case of a group without user id; its person exists or does not exist."""
    anonymous, known = choices.flag(), choices.flag()
    traits = {**message["context"]["traits"], "email": FRESH_EMAILS[0]}
    if anonymous:
        del traits["email"]
    message["context"] = {"traits": traits}
    person = choices.pick(ANONYMOUS) if anonymous else FRESH_EMAILS[0]
    message.update({"anonymousId": person} if anonymous else {})
    body = {"user_id" if anonymous else "email": person}
    setup = (*existing_records(choices), *([("/people", body)] if known else []))
    settings = WITH_ANONYMOUS_ID if anonymous else SETTINGS
    return Case((message,), dict(settings), setup, {**facts, "person": person})


def check(trial: Trial) -> None:
    """Expect both records exactly once, created if missing, and associated; no other record changes."""
    expect_accepted(trial)
    person = expect_person(trial.after, trial.renamed_fact("person"))
    name, company_id = name_of(person), company_of(trial)
    expect_company(trial.after, company_id)
    expect(company_id in person["companies"], f"{name} must be associated with {company_id}")
    expect_new(trial, "people", 0 if trial.before.people_named(name) else 1)
    expect_new(trial, "companies", 0 if trial.before.companies_named(company_id) else 1)
    wanted = {*companies_before(trial, name), company_id}
    expect_same(person["companies"], sorted(wanted), f"companies of {name}")
    expect_only(trial, people={name}, companies={company_id})
    expect_state(trial)


def company_of(trial: Trial) -> str:
    """Return the company of the group: the named one, else the only new one."""
    if trial.case.facts["company"] is not None:
        return trial.renamed_fact("company", "groupId")
    known = {company["company_id"] for company in trial.before.companies}
    new = [company["company_id"] for company in trial.after.companies if company["company_id"] not in known]
    expect(len(new) == 1, f"a group without groupId must create one company, found {len(new)} new ones")
    return str(new[0])


LAWS: Final = tuple(
    Law(
        f"association.{reading}.{row}",
        "How RudderStack does the user-organization association",
        source,
        decoded(partial(decode, row), CASE_SIZE),
        check,
        reading=READINGS[reading],
    )
    for reading, decode in (("exists", exists), ("carries", carries))
    for row, source in ROWS.items()
)
