"""Laws about identify calls that associate a person with a company, or remove the person from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import (
    companies_before,
    expect,
    expect_accepted,
    expect_only,
    expect_person,
    expect_same,
    expect_state,
)
from custify_contract.laws.identify import identify_of
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, existing_records
from custify_contract.strategies.pools import GROUPS, USERS

if TYPE_CHECKING:
    from custify_contract.observed_state import Json

SECTION: Final = "Removing users from an organization"


def removal(choices: ByteChoices, *, is_member: bool = True) -> Case:
    """Return an identify that removes a person from one of several companies."""
    user, company = str(choices.pick(USERS)), choices.pick(GROUPS)
    left, kept = {"company_id": str(company)}, {"company_id": "kept"}
    colleague = {"user_id": "colleague", "companies": [left]}
    person = {"user_id": user, "companies": [kept, left] if is_member else [kept]}
    setup = (*existing_records(choices, absent=(user,)), ("/people", person), ("/people", colleague))
    message = identify_of(choices, user, company={"id": company, "remove": True}, country="USA")
    return Case((message,), setup=setup, facts={"person": user, "left": str(company)})


def removal_of_stranger(choices: ByteChoices) -> Case:
    """Return an identify that removes a person from a company that the person is not associated with."""
    return removal(choices, is_member=False)


def check_removal(trial: Trial) -> None:
    """Expect that one association removed, every other one kept, and the person updated by the same call."""
    expect_accepted(trial)
    name, left = trial.renamed_fact("person"), trial.renamed_fact("left", "groupId")
    person = expect_person(trial.after, name)
    expect(left not in person["companies"], f"{name} must not be associated with {left} any more")
    kept = {*companies_before(trial, name)} - {left}
    expect_same(person["companies"], sorted(kept), f"companies of {name}")
    country = person["custom_attributes"].get("country")
    expect_same(country, "USA", "country of the person, updated by the same call")
    expect_only(trial, people={name}, companies={left})
    expect_state(trial)


def joining(choices: ByteChoices) -> Case:
    """Return an identify that names a company, without `remove` or with `remove` set to false."""
    user, company = str(choices.pick(USERS)), choices.pick(GROUPS)
    link: Json = {"id": company, **choices.pick(({}, {"remove": False}))}
    setup = existing_records(choices, present=(user,))
    message = identify_of(choices, user, company=link)
    return Case((message,), setup=setup, facts={"person": user, "company": str(company)})


def check_joining(trial: Trial) -> None:
    """Expect the new association and the earlier ones."""
    expect_accepted(trial)
    name, company = trial.renamed_fact("person"), trial.renamed_fact("company", "groupId")
    found = expect_person(trial.after, name)["companies"]
    expect_same(found, sorted({*companies_before(trial, name), company}), f"companies of {name}")
    expect_state(trial)


LAWS: Final = (
    Law(
        "removal.dissociates",
        SECTION,
        "Then, it finds the organization corresponding to that ID and dissociates the user from the "
        "organization.",
        decoded(removal, CASE_SIZE),
        check_removal,
    ),
    Law(
        "removal.updates-too",
        SECTION,
        "The above identify call updates the user as well as removes them from the company having the id as "
        "company_123.",
        decoded(removal_of_stranger, CASE_SIZE),
        check_removal,
    ),
    Law(
        "removal.only-when-true",
        SECTION,
        "company.remove (set to true)",
        decoded(joining, CASE_SIZE),
        check_joining,
    ),
)
