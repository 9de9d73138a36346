"""The table "How RudderStack does the user-organization association", row by row and in both readings.

By its descriptions a row is about what exists in Custify before; by its columns, about the message's ids.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from custify_contract.choices import Choices, decoded
from custify_contract.law import (
    SETTINGS,
    WITH_ANONYMOUS_ID,
    Case,
    Law,
    Trial,
    expect,
    expect_accepted,
    expect_company,
    expect_person,
    expect_same,
)
from custify_contract.laws.states import expect_only, expect_state
from custify_contract.strategies import (
    ANONYMOUS,
    FRESH_EMAILS,
    GROUPS,
    SIZE,
    USERS,
    as_text,
    company_traits,
    envelope,
    person_traits,
)
from custify_contract.worlds import WORLD_SIZE, world

SECTION: Final = "How RudderStack does the user-organization association"
BYTES: Final = WORLD_SIZE + SIZE
ROWS: Final = {
    (
        False,
        False,
    ): "No | No | User and the organization do not exist in Custify. | RudderStack creates a new user and "
    "organization in Custify and associates both.",
    (
        False,
        True,
    ): "No | Yes | Organization exists in Custify but not the user. | RudderStack creates a new user and "
    "associates them with the organization.",
    (
        True,
        False,
    ): "Yes | No | User exists in Custify but not the organization. | RudderStack creates a new organization "
    "and associates the user with it.",
    (True, True): "Yes | Yes | Both the user and the organization exist in Custify | RudderStack does the "
    "user-organization association.",
}


def group_of(choices: Choices, user: str | int | None, company: str | int | None) -> dict[str, Any]:
    """Return a group of a user and a company, each of them perhaps not named."""
    message, channel = envelope(choices, "group")
    message["traits"] = company_traits(choices)
    traits = person_traits(choices, None if user is None else as_text(user))
    if traits and (user is None or choices.flag()):
        message["context"] = {"traits": traits}
    message.update(channel["absent"] if user is None else {"userId": user})
    message.update({} if company is None else {"groupId": company})
    return message


def existing(user_exists: bool, company_exists: bool, choices: Choices) -> Case:  # noqa: FBT001 - the table's columns
    """Return a group that names both, in a workspace where each of them exists or does not."""
    user, company = choices.pick(USERS), choices.pick(GROUPS)
    exists = {as_text(user): user_exists, as_text(company): company_exists}
    setup = world(
        choices,
        present=tuple(name for name, there in exists.items() if there),
        absent=tuple(name for name, there in exists.items() if not there),
    )
    facts = {"person": as_text(user), "company": as_text(company)}
    return Case((group_of(choices, user, company),), setup=setup, facts=facts)


def carried(with_user: bool, with_company: bool, choices: Choices) -> Case:  # noqa: FBT001 - the table's columns
    """Return a group that carries the ids or does not, in any workspace.

    Without a user id the person goes by the email, or by the anonymousId where the setting is on.
    """
    company = choices.pick(GROUPS) if with_company else None
    facts: dict[str, Any] = {"company": None if company is None else as_text(company)}
    if with_user:
        user = choices.pick(USERS)
        message = group_of(choices, user, company)
        return Case((message,), setup=world(choices), facts={**facts, "person": as_text(user)})
    message = group_of(choices, None, company)
    return nameless(choices, message, facts)


def nameless(choices: Choices, message: dict[str, Any], facts: dict[str, Any]) -> Case:
    """Return the case of a group without user id, whose person is on record already or not."""
    anonymous, known = choices.flag(), choices.flag()
    traits = {**message["context"]["traits"], "email": FRESH_EMAILS[0]}
    message["context"] = {
        "traits": {key: value for key, value in traits.items() if not anonymous or key != "email"}
    }
    settings = WITH_ANONYMOUS_ID if anonymous else SETTINGS
    person = choices.pick(ANONYMOUS) if anonymous else FRESH_EMAILS[0]
    message.update({"anonymousId": person} if anonymous else {})
    body = {"user_id" if anonymous else "email": person}
    setup = (*world(choices), *([("/people", body)] if known else []))
    return Case((message,), dict(settings), setup, {**facts, "person": person})


def check(trial: Trial) -> None:
    """Expect both exactly once and associated, counts grown by what was missing, and nothing else changed."""
    expect_accepted(trial)
    name = trial.named("person")
    expect_person(trial.after, name)
    company_id = company_of(trial)
    person = expect_person(trial.after, name)
    expect_company(trial.after, company_id)
    expect(company_id in person["companies"], f"{name} must be associated with {company_id}")
    expect_growth(trial, "people", trial.before.people_named(name))
    expect_growth(trial, "companies", trial.before.companies_named(company_id))
    known = [linked for found in trial.before.people_named(name) for linked in found["companies"]]
    expect_same(person["companies"], sorted({*known, company_id}), f"companies of {name}")
    expect_only(trial, people={name}, companies={company_id})
    expect_state(trial)


def company_of(trial: Trial) -> str:
    """Return the company of the group: the named one, else the one that is new."""
    if trial.case.facts["company"] is not None:
        return trial.named("company", "groupId")
    known = {company["company_id"] for company in trial.before.companies}
    new = [company["company_id"] for company in trial.after.companies if company["company_id"] not in known]
    expect(len(new) == 1, f"a group without groupId must create one company, found {len(new)} new ones")
    return str(new[0])


def expect_growth(trial: Trial, title: str, known: list[Any]) -> None:
    """Expect one record more when it was missing, else as many as before."""
    before, after = len(trial.before.sections()[title]), len(trial.after.sections()[title])
    expect_same(after - before, 0 if known else 1, f"{title} that are new")


def word(there: object) -> str:
    """Return a cell of the table as part of an id."""
    return "yes" if there else "no"


LAWS: Final = tuple(
    Law(
        f"association.{reading}.{word(user)}-{word(company)}",
        SECTION,
        source,
        "documented",
        decoded(partial(decode, user, company), BYTES),
        check,
    )
    for reading, decode in (("exists", existing), ("carries", carried))
    for (user, company), source in ROWS.items()
)
