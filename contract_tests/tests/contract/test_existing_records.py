"""The records that exist before a case: our fake creates them with rules, as calls would create them."""

import pytest

from custify_contract.laws import ALL
from custify_contract.run.in_process import InProcessCustify
from custify_contract.run.runner import law_seed
from custify_contract.strategies.byte_choices import blocks
from custify_contract.targets import API_KEY, custify_call
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
