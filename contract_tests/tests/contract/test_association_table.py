"""The association table, row by row, on minimal messages."""

import pytest

from custify_contract.law import WITH_ANONYMOUS_ID, Case
from custify_contract.laws import get_law
from custify_contract.run import check_case, in_process_targets
from custify_contract.targets import MessageRefusedError

ADA = ("/people", {"user_id": "ada", "name": "Ada"})
ACME = ("/company", {"company_id": "acme", "name": "Acme"})
BOTH = {"type": "group", "messageId": "m1", "userId": "ada", "groupId": "acme", "traits": {"plan": "Pro"}}
FACTS = {"person": "ada", "company": "acme"}


@pytest.mark.parametrize(
    ("row", "setup"), [("no-no", ()), ("no-yes", (ACME,)), ("yes-no", (ADA,)), ("yes-yes", (ADA, ACME))]
)
def test_a_group_with_both_ids_creates_missing_records_and_associates_them(row, setup):
    case = Case((BOTH,), setup=setup, facts=FACTS)

    check_case(get_law(f"association.exists.{row}"), case)


@pytest.mark.parametrize("setup", [(), (ADA,), (ACME,), (ADA, ACME)])
def test_a_group_with_both_ids_has_the_same_result_whatever_existed(setup):
    case = Case((BOTH,), setup=setup, facts=FACTS)

    check_case(get_law("association.carries.yes-yes"), case)


@pytest.mark.parametrize("setup", [(), (("/people", {"email": "ada@example.com"}),)])
def test_a_group_without_user_id_identifies_the_person_by_email(setup):
    message = {"type": "group", "messageId": "m1", "groupId": "acme"}
    named = {**message, "context": {"traits": {"email": "ada@example.com"}}}

    check_case(
        get_law("association.carries.no-yes"),
        Case((named,), setup=setup, facts={"person": "ada@example.com", "company": "acme"}),
    )


def test_a_group_without_user_id_identifies_the_person_by_anonymous_id_if_the_setting_is_on():
    message = {"type": "group", "messageId": "m1", "groupId": "acme", "anonymousId": "a1"}

    check_case(
        get_law("association.carries.no-yes"),
        Case((message,), dict(WITH_ANONYMOUS_ID), facts={"person": "a1", "company": "acme"}),
    )


def test_a_group_without_group_id_creates_a_company():
    message = {"type": "group", "messageId": "m1", "userId": "ada", "traits": {"name": "Acme"}}

    check_case(
        get_law("association.carries.yes-no"), Case((message,), facts={"person": "ada", "company": None})
    )


def test_a_group_with_neither_id_creates_both():
    message = {"type": "group", "messageId": "m1", "context": {"traits": {"email": "ada@example.com"}}}
    facts = {"person": "ada@example.com", "company": None}

    check_case(get_law("association.carries.no-no"), Case((message,), facts=facts))


def test_a_group_without_any_identifier_of_a_person_is_refused_before_its_company_is_sent():
    message = {"type": "group", "messageId": "m1", "groupId": "acme", "anonymousId": "a1"}

    with pytest.raises(MessageRefusedError, match="Email or userId is mandatory") as refusal:
        in_process_targets().transformer.transform(message, {"apiKey": "k"})

    assert refusal.value.requests == ()
