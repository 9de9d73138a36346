"""Laws about the delivery of any message: its requests, its workspace, and the order of messages."""

from __future__ import annotations

from typing import Final

import msgspec

from custify_contract.law import Case, Law, Trial
from custify_contract.laws.checks import (
    expect,
    expect_accepted,
    expect_person,
    expect_same,
    expect_state,
    expect_unchanged,
)
from custify_contract.strategies.byte_choices import ByteChoices, decoded
from custify_contract.strategies.existing_records import CASE_SIZE, existing_records
from custify_contract.strategies.messages import SIZE, Message, any_message
from custify_contract.strategies.pools import GROUPS
from custify_contract.targets import API, API_KEY, OTHER_KEY

SECTION: Final = "Decisions, the transformer"


def any_case(choices: ByteChoices) -> Case:
    """Return any message."""
    return Case((any_message(choices),), setup=existing_records(choices))


def deliver_and_keep_text(trial: Trial) -> None:
    """Note the JSON text of the message, then deliver it."""
    trial.notes["text"] = msgspec.json.encode(trial.case.messages).decode()
    trial.deliver_all()


def check_same_message(trial: Trial) -> None:
    """Expect that the message did not change."""
    text = msgspec.json.encode(trial.case.messages).decode()
    expect_same(text, trial.notes["text"], "the message, after it was transformed")


def with_key(choices: ByteChoices) -> Case:
    """Return any message and an API key."""
    return Case((any_message(choices),), {"apiKey": choices.pick((API_KEY, "k", "a-b.C_9"))})


def check_requests(trial: Trial) -> None:
    """Expect in every request the API key of the settings, and JSON by POST to Custify."""
    for request in trial.requests:
        bearer = f"Bearer {trial.case.settings['apiKey']}"
        expect_same(request.headers.get("Authorization"), bearer, "Authorization")
        expect_same(request.headers.get("Content-Type"), "application/json", "Content-Type")
        expect_same(request.method, "POST", "method")
        expect(request.endpoint.startswith(f"{API}/"), f"endpoint {request.endpoint}")


def type_in_other_case(choices: ByteChoices) -> Case:
    """Return a message whose type has capital letters."""
    message = any_message(choices)
    spelled = choices.pick((str.upper, str.capitalize))(message["type"])
    return Case(({**message, "type": spelled},), setup=existing_records(choices))


def check_delivered(trial: Trial) -> None:
    """Expect that the message is delivered like any other."""
    expect_accepted(trial)
    expect(trial.requests, "the message must lead to a request")
    expect_state(trial)


def either_order(choices: ByteChoices) -> Case:
    """Return an identify and a group of the same person, in one of both orders."""
    traits = {"name": "Ann", "email": "u1@example.com"}
    group: Message = {"type": "group", "userId": "u1", "groupId": choices.pick(GROUPS)}
    messages: list[Message] = [
        {"type": "identify", "userId": "u1", "messageId": "m1", "traits": traits},
        {**group, "messageId": "m2", "traits": {"name": "A"}},
    ]
    ordered = tuple(reversed(messages) if choices.flag() else messages)
    return Case(ordered, facts={"person": "u1"})


def check_either_order(trial: Trial) -> None:
    """Expect the same person in the same company in both orders."""
    expect_accepted(trial)
    person = expect_person(trial.after, trial.renamed_fact("person"))
    expect_same(person.get("name"), "Ann", "name of the person")
    expect_same(len(person["companies"]), 1, "companies of the person")
    expect_state(trial)


def deliver_with_other_key(trial: Trial) -> None:
    """Deliver the message with another API key; note the state of that workspace before and after."""
    before = trial.custify.observe(OTHER_KEY)
    trial.deliver(trial.case.message, {**trial.case.settings, "apiKey": OTHER_KEY})
    trial.notes["other workspace"] = (before, trial.custify.observe(OTHER_KEY))


def check_other_workspace(trial: Trial) -> None:
    """Expect all changes in the workspace of the other key, and none in this one."""
    expect_accepted(trial)
    before, after = trial.notes["other workspace"]
    expect(not (before.people or before.companies or before.events), "an unused workspace must be empty")
    expect_unchanged(trial)
    expect_state(Trial(trial.transformer, trial.custify, trial.case, trial.steps, before, after))


LAWS: Final = (
    Law(
        "message.untouched",
        SECTION,
        "transform is pure: the message is not changed",
        decoded(any_case, CASE_SIZE + 1),
        check_same_message,
        deliver_and_keep_text,
        level="decided",
    ),
    Law(
        "message.request",
        "Connection settings",
        "Enter the Custify API key used to authenticate the request.",
        decoded(with_key, SIZE + 2),
        check_requests,
        needs_all=True,
    ),
    Law(
        "message.type-in-any-case",
        SECTION,
        "The type of a message may be in upper or lower case",
        decoded(type_in_other_case, CASE_SIZE + 1),
        check_delivered,
        level="observed",
    ),
    Law(
        "message.either-order",
        "Group",
        "RudderStack assumes that an identify call (containing the userId ) is made before any group call.",
        decoded(either_order, 4),
        check_either_order,
    ),
    Law(
        "workspaces.apart",
        "Decisions, the fake",
        "Each key has its own isolated workspace, created on first use",
        decoded(any_case, CASE_SIZE + 1),
        check_other_workspace,
        deliver_with_other_key,
        needs_all=True,
        level="decided",
    ),
)
