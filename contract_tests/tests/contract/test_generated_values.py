"""What the laws generate and expect is recorded: a weaker pool, case, rule or law is named here."""

import json

import pytest

from custify_contract.laws import ALL
from support.recorded import AGAIN, CASES, NOTICED, REASONS, record_of
from support.wrong_results import CRASH, noticed

RECORDED = json.loads(CASES.read_text(encoding="utf-8"))
WRONG = json.loads(NOTICED.read_text(encoding="utf-8"))
ONE_CASE = {"api.page-cap", *(law.id for law in ALL if not law.cases.size)}
SEVERAL = 2


@pytest.mark.parametrize("law", [pytest.param(law, id=law.id) for law in ALL])
def test_a_law_generates_the_cases_that_are_recorded(law):
    assert record_of(law) == RECORDED[law.id], (
        f"the cases of {law.id} are not those that are recorded; {AGAIN}"
    )


@pytest.mark.parametrize("law", [pytest.param(law, id=law.id) for law in ALL])
def test_a_law_notices_the_wrong_results_that_are_recorded(law):
    assert dict(noticed(law)) == WRONG[law.id], f"{law.id} notices other wrong results than recorded; {AGAIN}"


def test_every_law_notices_a_wrong_result():
    without = {law for law, found in WRONG.items() if not {*found} - {"", CRASH}}

    assert without == set()


def test_every_law_is_recorded_and_no_other():
    assert [*RECORDED] == [law.id for law in ALL]


def test_a_law_has_several_different_cases():
    assert [law.id for law in ALL if law.id not in ONE_CASE and RECORDED[law.id]["different"] < SEVERAL] == []


def test_no_planted_fault_is_recorded_as_not_found():
    reasons = json.loads(REASONS.read_text(encoding="utf-8"))

    assert [name for name, reason in reasons.items() if reason == "holds"] == []
