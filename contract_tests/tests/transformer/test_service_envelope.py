"""The envelope of a built request, the requests that the service sends itself, and user ids."""

import pytest

from custify_transformer import HttpRequest
from custify_transformer.service import UpstreamResponse
from support.service import GROUP, PERSON, PROCESSOR, CustifyStub, call, entries, event


@pytest.mark.parametrize(("status", "ok"), [(199, False), (200, True), (299, True), (300, False), (0, False)])
def test_success_is_a_status_of_200_to_299(status, ok):
    assert UpstreamResponse(status).ok is ok


def test_a_person_is_transformed_without_a_call():
    custify = CustifyStub()

    call(PROCESSOR, [event(PERSON)], custify)

    assert custify.seen == []


def test_a_group_calls_for_its_company_alone():
    custify = CustifyStub()

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
    (entry,) = entries(event(GROUP), custify=CustifyStub(UpstreamResponse(400, None)))

    assert entry["error"] == '[Group]: failed create/update company details ""'


def test_the_answer_to_its_company_fails_a_group_before_the_lack_of_a_person():
    nobody = {"type": "group", "groupId": "g1"}

    (entry,) = entries(event(nobody), custify=CustifyStub(UpstreamResponse(429, "slow")))

    error = '[Group]: failed create/update company details "slow"'
    assert (entry["statusCode"], entry["error"]) == (429, error)


def test_a_group_of_nobody_is_refused_after_its_company_was_made():
    nobody, custify = {"type": "group", "groupId": "g1"}, CustifyStub()

    (entry,) = entries(event(nobody), custify=custify)

    assert (entry["statusCode"], entry["error"]) == (400, "Email or userId is mandatory")
    assert [request.body["company_id"] for request in custify.seen] == ["g1"]


def test_a_record_without_traits_fails_after_its_company_was_made():
    record, custify = {**GROUP, "context": {"mappedToDestination": True}}, CustifyStub()

    (entry,) = entries(event(record), custify=custify)

    assert (entry["statusCode"], len(custify.seen)) == (500, 1)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, "aborted"),
        (408, "aborted"),
        (428, "aborted"),
        (429, "throttled"),
        (499, "aborted"),
        (500, "retryable"),
    ],
)
def test_a_failed_call_is_throttled_retryable_or_aborted_by_its_status(status, kind):
    (entry,) = entries(event(GROUP), custify=CustifyStub(UpstreamResponse(status, "no")))

    assert entry["statTags"]["errorType"] == kind


def test_what_custify_said_is_quoted_in_its_own_letters():
    (entry,) = entries(event(GROUP), custify=CustifyStub(UpstreamResponse(400, {"e": "é"})))

    assert entry["error"].endswith(' {"e":"é"}')


@pytest.mark.parametrize("ids", [{"destinationId": "", "workspaceId": None}, {"workspaceId": "w"}, {}])
def test_the_tags_of_a_refusal_hold_the_ids_that_the_metadata_holds(ids):
    (entry,) = entries(event({}, metadata={"jobId": 1, **ids}))

    named = {name: value for name, value in entry["statTags"].items() if name.endswith("Id")}
    assert named == ids
