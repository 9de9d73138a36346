"""What travels around a request: replies, the calls that the transforming itself makes, and user ids."""

import pytest

from contract_tests.test_transformer_server import GROUP, PERSON, PROCESSOR, Custify, call, entries, event
from transformer import HttpRequest
from transformer.server import Reply


@pytest.mark.parametrize(("status", "ok"), [(199, False), (200, True), (299, True), (300, False), (0, False)])
def test_success_is_a_status_of_200_to_299(status, ok):
    assert Reply(status).ok is ok


def test_a_person_is_transformed_without_a_call():
    custify = Custify()

    call(PROCESSOR, [event(PERSON)], custify)

    assert custify.seen == []


def test_a_group_calls_for_its_company_alone():
    custify = Custify()

    call(PROCESSOR, [event(GROUP)], custify)

    assert [(request.method, request.endpoint) for request in custify.seen] == [
        ("POST", "https://api.custify.com/company")
    ]
    assert isinstance(custify.seen[0], HttpRequest)


@pytest.mark.parametrize("user_id", [0, False])
def test_a_user_id_that_is_not_true_is_answered_as_an_empty_text(user_id):
    message = {"type": "identify", "userId": user_id, "traits": {"email": "e"}}

    assert entries(event(message))[0]["output"]["userId"] == ""


def test_a_refusal_without_a_body_is_quoted_as_a_pair_of_quotes():
    (entry,) = entries(event(GROUP), custify=Custify(Reply(400, None)))

    assert entry["error"] == '[Group]: failed create/update company details ""'
