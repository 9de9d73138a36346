"""Every message captured from a real SDK is transformed, or refused with its text."""

import json

import pytest

from custify_contract.law import Case, Trial
from custify_contract.laws import get_law
from custify_contract.run import check_case, in_process_targets
from support.paths import CASES

CAPTURED = json.loads((CASES / "captures.json").read_text(encoding="utf-8"))
SUPPORTED = ("identify", "track", "group")
NAMED = [entry["message"] for entry in CAPTURED if entry["message"]["type"] in SUPPORTED]
OTHERS = [entry["message"] for entry in CAPTURED if entry["message"]["type"] not in SUPPORTED]
NOBODY = [message for message in NAMED if not message.get("userId")]
PEOPLE = [message for message in NAMED if message.get("userId")]


def label(message):
    return f"{message['type']}-{message.get('messageId', '')[-6:]}"


@pytest.mark.parametrize("message", PEOPLE, ids=label)
def test_a_captured_message_of_somebody_is_delivered_whole(message):
    check_case(get_law("message.type-in-any-case"), Case((message,)))


@pytest.mark.parametrize("message", PEOPLE, ids=label)
def test_a_captured_message_delivered_again_changes_nothing(message):
    settings = {"apiKey": "contract-key", "enablededuplication": True}

    check_case(get_law("repeat.identify"), Case((message,), settings))


@pytest.mark.parametrize("message", OTHERS, ids=label)
def test_a_captured_message_of_another_type_is_refused_by_name(message):
    check_case(get_law("refused.type"), Case((message,), facts={"error": message["type"]}))


@pytest.mark.parametrize("message", NOBODY, ids=label)
def test_a_captured_message_of_an_anonymous_visitor_needs_the_setting(message):
    targets = in_process_targets()
    trial = Trial(targets.transformer, targets.custify, Case())
    trial.prepare()

    step = trial.deliver(message)

    assert step.refusal in (None, "Email or userId is mandatory")
    assert all("user_id" not in request.body for request in step.requests)
