"""What the laws generate and expect is recorded: a weaker pool, case, rule or law is named here."""

import json

import pytest

from custify_contract.laws import ALL
from support.recorded import AGAIN, CASES, REASONS, record_of

RECORDED = json.loads(CASES.read_text(encoding="utf-8"))
ONE_CASE = {"api.page-cap", *(law.id for law in ALL if not law.cases.size)}
FEW = {"refused.no-object": 6}  # laws with fewer different cases than ten


@pytest.mark.parametrize("law", [pytest.param(law, id=law.id) for law in ALL])
def test_a_law_generates_the_cases_that_are_recorded(law):
    assert record_of(law) == RECORDED[law.id], (
        f"the cases of {law.id} are not those that are recorded; {AGAIN}"
    )


def test_every_law_is_recorded_and_no_other():
    assert [*RECORDED] == [law.id for law in ALL]


def test_a_law_has_at_least_ten_different_cases():
    few = {law.id: RECORDED[law.id]["different"] for law in ALL if law.id not in ONE_CASE}

    assert {name: number for name, number in few.items() if number < FEW.get(name, 10)} == {}


def test_no_planted_fault_is_recorded_as_not_found():
    reasons = json.loads(REASONS.read_text(encoding="utf-8"))

    assert [name for name, reason in reasons.items() if reason == "holds"] == []
