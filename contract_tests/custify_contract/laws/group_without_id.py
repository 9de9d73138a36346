"""Laws about groups without groupId: they create a company, and a retry does not create another one."""

from __future__ import annotations

from typing import Final

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import expect, expect_accepted, expect_new, expect_state
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, existing_records
from custify_contract.strategies.messages import group_of
from custify_contract.strategies.pools import TIMES, USERS

DECISION: Final = "Decisions, the transformer"


def without_group_id(choices: ByteChoices) -> Case:
    """Return two groups without groupId that differ only in their messageId."""
    user = choices.pick(USERS)
    message = group_of(choices, user, None)
    messages = tuple({**message, "messageId": name} for name in ("first", "second"))
    return Case(messages, setup=existing_records(choices), facts={"person": str(user)})


def deliver_with_retry(trial: Trial) -> None:
    """Deliver both groups, and the first one again."""
    trial.deliver_all()
    trial.deliver(trial.case.messages[0])


def check_two_companies(trial: Trial) -> None:
    """Expect two new companies: one for each message, none for the retry."""
    expect_accepted(trial)
    expect_new(trial, "companies", 2, "companies that two messages and one retry create")
    people = trial.after.people_named(trial.renamed_fact("person"))
    expect(len(people) == 1, "the person must exist exactly once")
    expect_state(trial)


def without_any_id(choices: ByteChoices) -> Case:
    """Return a group without groupId and messageId, and a retry with other times and order of fields."""
    group = group_of(choices, choices.pick(USERS), None)
    message = {name: value for name, value in group.items() if name != "messageId"}
    retry = {**dict(reversed(message.items())), "timestamp": TIMES[2], "sentAt": TIMES[2]}
    return Case((message, retry), setup=existing_records(choices))


def check_one_company(trial: Trial) -> None:
    """Expect one new company for both."""
    expect_accepted(trial)
    expect_new(trial, "companies", 1, "companies that a message and its retry create")


LAWS: Final = (
    Law(
        "group.retry-without-group-id",
        DECISION,
        "A group without groupId creates a company whose id is derived from the message, so that a retry "
        "does not create a second one",
        decoded(without_group_id, CASE_SIZE),
        check_two_companies,
        deliver_with_retry,
        level="decided",
    ),
    Law(
        "group.retry-without-any-id",
        DECISION,
        "Without a messageId the company's id is derived from the content of the group",
        decoded(without_any_id, CASE_SIZE),
        check_one_company,
        level="decided",
    ),
)
