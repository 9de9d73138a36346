"""At-least-once delivery with faults ends in the same state as exactly-once delivery."""

import pytest

from custify_contract.law import Case, Trial
from custify_contract.laws import get_law
from custify_contract.laws.lossy_delivery import FAULTS, deliver_at_least_once
from custify_contract.run import check_case, in_process_targets, run_law
from mock_custify.resources.events.log import EventLog

SETTINGS = {"apiKey": "contract-key", "enablededuplication": True}
DAY = "2026-01-02T03:04:05.000Z"
GROUP = {"type": "group", "messageId": "m1", "userId": "u1", "groupId": "g1", "traits": {"name": "Acme"}}
WITHOUT_GROUP_ID = {"type": "group", "messageId": "m1", "userId": "u1", "traits": {"name": "Acme"}}
PAID = {
    "type": "track",
    "messageId": "m2",
    "userId": "u1",
    "event": "Paid",
    "timestamp": "2026-01-02T03:04:05.000Z",
}
KNOWN = (("/people", {"user_id": "u1"}),)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    "message", [GROUP, WITHOUT_GROUP_ID, PAID], ids=["group", "group-without-id", "track"]
)
def test_a_message_is_delivered_after_a_fault_in_its_first_call(message, fault):
    case = Case((message,), SETTINGS, KNOWN, {"faults": [fault]})

    check_case(get_law("faults.group"), case)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_group_is_delivered_after_a_fault_between_its_company_and_its_person(fault):
    case = Case((WITHOUT_GROUP_ID,), SETTINGS, KNOWN, {"faults": ["", fault]})

    check_case(get_law("faults.group"), case)


def test_a_failing_call_sends_the_whole_message_again():
    targets = in_process_targets()
    trial = Trial(targets.transformer, targets.custify, Case((GROUP,)))
    trial.prepare()

    met = deliver_at_least_once(trial, ["", "500"])

    assert met == ["", "500", "", ""]


def test_a_refusal_is_not_retried():
    targets = in_process_targets()
    case = Case(({"type": "identify", "userId": "u1", "traits": {"signedUpAt": "soon"}},))
    trial = Trial(targets.transformer, targets.custify, case)
    trial.prepare()

    assert len(deliver_at_least_once(trial, [])) == 1


def test_a_fake_that_forgets_deduplication_ids_breaks_the_law_of_tracks(monkeypatch):
    monkeypatch.setattr(EventLog, "seen", lambda *_: False)

    result = run_law(get_law("faults.track"), in_process_targets(), 200)

    assert result.broken.startswith("at-least-once must end as exactly-once does")
