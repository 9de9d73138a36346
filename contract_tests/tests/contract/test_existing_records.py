"""The records that exist before a case: our fake creates them with rules, as calls would create them."""

import pytest

from custify_contract.laws import ALL, get_law
from custify_contract.run import in_process_targets, run_law
from custify_contract.run.failure_report import failure_report
from custify_contract.run.in_process import InProcessCustify
from custify_contract.run.runner import law_seed
from custify_contract.strategies.byte_choices import blocks
from custify_contract.targets import API_KEY, TargetResponse, custify_call
from support.planted_fakes import FAKE_FAULTS, FaultyCustify

SETUPS = {
    law.id: cases
    for law in ALL
    if (cases := [law.cases.value(block) for block in blocks(law.cases.size, 5, law_seed(law, 0))])[0].setup
}


def calls_of(case):
    return tuple(custify_call("POST", path, body) for path, body in case.setup)


def records_of(custify):
    with custify.app.store.open(API_KEY) as workspace:
        records = workspace.records
    held = {section.name: list(held) for section, held in records.items() if len(held)}
    return held, records.fields.types, records.ids


@pytest.fixture(scope="module")
def custify():
    return InProcessCustify()


@pytest.mark.parametrize("law", SETUPS)
def test_rules_create_the_same_records_as_calls(law, custify):
    for case in SETUPS[law]:
        custify.reset()
        created = custify.create(case.setup), records_of(custify)
        custify.reset()
        sent = [custify.send(call) for call in calls_of(case)], records_of(custify)

        assert [one.ok for one in created[0]] == [one.ok for one in sent[0]]
        assert created[1] == sent[1]


def test_a_refused_record_has_the_response_of_its_call(custify):
    custify.reset()
    call = custify_call("POST", "/people", {"user_id": "u1", "custom_attributes": {"a.b": 1}})

    assert custify.create((("/people", call.body),)) == [custify.send(call)]


def test_the_faults_of_the_tests_meet_existing_records_too():
    fault = next(one for one in FAKE_FAULTS if one.name == "POST /company loses plan")
    faulty = FaultyCustify(fault)
    faulty.reset()

    faulty.create((("/company", {"company_id": "g1", "plan": "Pro"}),))

    assert "plan" not in faulty.observe().companies[0]


def test_a_case_whose_records_are_refused_says_so_as_json_and_shows_no_empty_list_of_messages(monkeypatch):
    refused = TargetResponse(500, {"error": "injected by a fault rule"})
    monkeypatch.setattr(InProcessCustify, "created", lambda *_: refused)

    result = run_law(get_law("group.updates"), in_process_targets(), 5)

    assert result.broken == (
        "the existing records cannot be created: POST /company answered 500"
        ' {"error":"injected by a fault rule"}'
    )
    assert "nothing was sent: the case ended before its first message" in failure_report(result).text()


def test_companies_that_are_copied_are_those_that_the_same_calls_create():
    custify = InProcessCustify()
    calls = (("/company", {"company_id": "g1", "plan": "Pro"}), ("/people", {"user_id": "u1"}))
    custify.reset()
    first = custify.create(calls), records_of(custify)
    custify.send(custify_call("POST", "/company", {"company_id": "g1", "plan": "Free", "size": 2}))
    custify.reset()

    assert (custify.create(calls), records_of(custify)) == first


def test_a_company_that_was_refused_is_not_copied():
    custify = InProcessCustify()
    calls = (("/company", {"company_id": "g1", "size": "many"}),)

    answers = []
    for _ in range(2):
        custify.reset()
        answers.append([one.status for one in custify.create(calls)])

    assert answers == [[400], [400]]


def test_a_record_that_did_not_change_is_shown_as_the_same_object_and_a_changed_one_is_not():
    custify = InProcessCustify()
    custify.reset()
    custify.create((("/people", {"user_id": "u1"}), ("/people", {"user_id": "u2"})))
    before = custify.observe().people
    custify.send(custify_call("POST", "/people", {"user_id": "u2", "name": "Ann"}))

    after = custify.observe().people

    assert after[0] is before[0]
    assert (before[1].get("name"), after[1].get("name")) == (None, "Ann")
