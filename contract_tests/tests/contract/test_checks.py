"""The checks that laws are made of are exact: each one fails on the smallest difference."""

from dataclasses import replace

import pytest

from custify_contract.law import BrokenLawError, Case, Step, Trial
from custify_contract.laws import association, refusals
from custify_contract.laws.checks import (
    expect_accepted,
    expect_company,
    expect_equal,
    expect_new,
    expect_only,
    expect_person,
    expect_same,
)
from custify_contract.laws.rules.rule import check_fields
from custify_contract.observed_state import ObservedState, same
from custify_contract.run.in_process import InProcessCustify, InProcessTransformer
from custify_contract.targets import TargetResponse, custify_call

ADA = {"user_id": "ada", "companies": ["acme"], "custom_attributes": {}}
ACME = {"company_id": "acme", "people": ["ada"], "custom_attributes": {}}
BOTH = ObservedState((ADA,), (ACME,))


def trial_of(before, after, *steps, facts=None):
    case = Case(({"type": "identify", "userId": "ada"},), facts=facts or {})
    trial = Trial(InProcessTransformer(), InProcessCustify(), case, list(steps), before, after)
    trial.messages = case.messages
    return trial


@pytest.mark.parametrize(
    ("one", "other"),
    [(True, 1), (False, 0), ("1", 1), (None, ""), ([], {}), ([1, 2], [2, 1]), ({"a": None}, {})],
)
def test_values_that_python_or_a_reader_may_confuse_are_not_the_same(one, other):
    assert not same(one, other)
    with pytest.raises(BrokenLawError):
        expect_same(one, other, "value")


def test_the_order_of_keys_does_not_matter():
    assert same({"a": 1, "b": 2}, {"b": 2, "a": 1})


def test_one_more_association_breaks_the_law_of_the_table():
    after = ObservedState(({**ADA, "companies": ["acme", "zeta"]},), (ACME,))
    trial = trial_of(BOTH, after, facts={"person": "ada", "company": "acme"})

    with pytest.raises(
        BrokenLawError, match=r'companies of ada: expected \["acme"\], found \["acme", "zeta"\]'
    ):
        association.check(trial)


def test_a_refusal_that_changes_a_record_breaks_the_law():
    after = ObservedState(({**ADA, "name": "Half"},), (ACME,))
    trial = trial_of(
        BOTH, after, Step({}, (), (), "Email or userId is mandatory"), facts={"error": "mandatory"}
    )

    with pytest.raises(BrokenLawError, match="nothing in the workspace may change"):
        refusals.check_refused(trial)


def test_a_refusal_with_a_request_breaks_the_law():
    step = Step({}, (custify_call("POST", "/company", {}),), (), "mandatory")

    with pytest.raises(BrokenLawError, match="requests of a refused message"):
        refusals.check_refused(trial_of(BOTH, BOTH, step, facts={"error": "mandatory"}))


def test_a_refusal_for_another_reason_breaks_the_law():
    with pytest.raises(BrokenLawError, match="the reason of the refusal"):
        refusals.check_refused(trial_of(BOTH, BOTH, Step({}, (), (), "boom"), facts={"error": "mandatory"}))


def test_a_message_that_custify_refused_was_not_accepted():
    step = Step(
        {}, (custify_call("POST", "/people", {}),), (TargetResponse(400, {}),), "Custify answered 400"
    )

    with pytest.raises(BrokenLawError, match="the message was refused: Custify answered 400"):
        expect_accepted(trial_of(BOTH, BOTH, step))


def test_a_person_who_exists_twice_breaks_a_law():
    with pytest.raises(BrokenLawError, match="must exist exactly once, found 2"):
        expect_person(ObservedState((ADA, ADA)), "ada")


def test_a_company_that_exists_twice_breaks_a_law():
    with pytest.raises(BrokenLawError, match="must exist exactly once, found 2"):
        expect_company(ObservedState((), (ACME, ACME)), "acme")


def test_one_new_record_too_many_breaks_a_law():
    with pytest.raises(BrokenLawError, match="new people: expected 0, found 1"):
        expect_new(trial_of(ObservedState(), ObservedState((ADA,))), "people", 0)


def test_a_change_of_another_record_breaks_a_law():
    after = replace(BOTH, people=({**ADA, "name": "Ada"},))

    with pytest.raises(BrokenLawError, match="only bob of the people may change"):
        expect_only(trial_of(BOTH, after), people={"bob"})


def test_the_error_of_two_states_lists_the_difference():
    after = replace(BOTH, people=({**ADA, "name": "Ada"},))

    with pytest.raises(BrokenLawError, match='person ada: name \\(none\\) -> "Ada"'):
        expect_equal(after, BOTH, "different")


@pytest.mark.parametrize(
    ("requests", "text"),
    [
        ((), "paths of the requests"),
        ((("/company", {}),), "paths of the requests"),
        ((("/people", {"user_id": "bob"}),), "user_id in POST /people"),
        ((("/people", {"user_id": "ada", "name": "Ada"}),), "name in POST /people"),
        ((("/people", {"user_id": "ada"}), ("/people", {"user_id": "ada"})), "paths of the requests"),
    ],
)
def test_a_rule_compares_requests_exactly(requests, text):
    sent = tuple(custify_call("POST", path, body) for path, body in requests)
    step = Step({"type": "identify", "userId": "ada"}, sent, ())

    with pytest.raises(BrokenLawError, match=text):
        check_fields(("*",), trial_of(BOTH, BOTH, step))


def test_a_rule_compares_only_its_fields():
    step = Step(
        {"type": "identify", "userId": "ada"},
        (custify_call("POST", "/people", {"user_id": "ada", "x": 1}),),
        (),
    )

    check_fields(("people.user_id",), trial_of(BOTH, BOTH, step))
