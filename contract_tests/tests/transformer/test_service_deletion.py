"""POST /deleteUsers: complete responses, and the requests it sends."""

import pytest

from custify_transformer import HttpRequest
from custify_transformer.javascript import encode
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer
from support.service import CustifyStub, deletion

HEADERS = {"Authorization": "Bearer key", "Accept": "application/json"}
API_VERSION = {"apiVersion": "2"}


def deleted(*requests, custify=None, profile="production"):
    """Return the answer to one call."""
    return answer(
        ServiceRequest("POST", "/deleteUsers", {}, encode(list(requests))), custify or CustifyStub(), profile
    )


@pytest.mark.parametrize(
    ("profile", "query", "params"), [("production", "?user_id=u1", {}), ("documented", "", {"user_id": "u1"})]
)
def test_a_person_is_deleted_by_one_request(profile, query, params):
    custify = CustifyStub()

    deleted(deletion({"userId": "u1"}), custify=custify, profile=profile)

    endpoint = f"https://api.custify.com/people{query}"
    assert custify.seen == [HttpRequest("DELETE", endpoint, HEADERS, params, None)]


@pytest.mark.parametrize(
    ("user_id", "query"),
    [
        ("a#b", "a"),
        ("a%20b", "a%20b"),
        ("\ud800", "?"),
        ("a/b?c", "a/b?c"),
        ("a+b", "a+b"),
        (7, "7"),
        (7.0, "7"),
    ],
)
def test_an_id_is_put_into_the_address_as_production_does(user_id, query):
    custify = CustifyStub()

    deleted(deletion({"userId": user_id}), custify=custify)

    assert custify.seen[0].endpoint.partition("?user_id=")[2] == query


def test_a_user_that_is_no_object_does_not_stop_the_others():
    custify = CustifyStub()

    found = deleted(deletion("text", {"userId": "u2"}), custify=custify)

    error = "User id for deletion not present"
    assert (found.body, len(custify.seen)) == ([{"statusCode": 400, "error": error}], 1)


@pytest.mark.parametrize("request_", [None, "x", 5, [], {}])
def test_a_request_without_a_destination_fails_all_and_sends_nothing(request_):
    custify = CustifyStub()

    found = deleted(deletion({"userId": "u1"}), request_, custify=custify)

    assert (found.status, found.headers) == (404, API_VERSION)
    assert found.body == {"error": "Unknown destination: undefined"}
    assert custify.seen == []


@pytest.mark.parametrize(
    ("kind", "named"),
    [(["custify"], "custify"), (5, "5"), (None, "null"), ({}, "[object Object]"), (True, "true"), ("", "")],
)
def test_a_destination_that_is_no_text_is_unknown_and_nothing_is_sent(kind, named):
    custify = CustifyStub()

    found = deleted(deletion({"userId": "u1"}, kind=kind), custify=custify)

    assert (found.status, found.body) == (404, {"error": f"Unknown destination: {named}"})
    assert custify.seen == []


@pytest.mark.parametrize(
    ("people", "status", "error"),
    [
        ([None], 500, "Cannot read properties of null (reading 'userId')"),
        ([{"userId": "u1"}, None, {}], 500, "Cannot read properties of null (reading 'userId')"),
        ([{}, None], 400, "User id for deletion not present"),
        (["text"], 400, "User id for deletion not present"),
    ],
)
def test_a_user_that_is_null_is_an_error_in_the_words_of_the_original(people, status, error):
    found = deleted(deletion(*people))

    assert (found.status, found.body) == (status, [{"statusCode": status, "error": error}])


@pytest.mark.parametrize("people", [{"userId": "u1"}, "u1", None, 5])
def test_users_that_are_no_list_are_refused(people):
    found = deleted({"destType": "custify", "userAttributes": people, "config": {"apiKey": "k"}})

    assert found.body == [{"statusCode": 400, "error": "userAttributes is not an array"}]


def test_an_unknown_destination_is_named():
    found = deleted(deletion(kind="Other"))

    assert (found.status, found.headers) == (404, API_VERSION)
    assert found.body == {"error": "Unknown destination: Other"}


def test_the_first_failure_of_a_request_is_its_result_and_the_first_result_its_status():
    found = deleted(
        deletion({"userId": "u1"}), deletion(), custify=CustifyStub(UpstreamResponse(429, "slow"))
    )

    assert (found.status, found.headers) == (429, API_VERSION)
    assert found.body == [
        {"statusCode": 429, "error": '"slow"'},
        {"statusCode": 200, "status": "successful"},
    ]


@pytest.mark.parametrize(
    ("user_id", "sent"),
    [("a b&c=d/é#f", "a b&c=d/é#f"), ("a%20b", "a%20b"), (" u ", " u "), (7, "7"), (7.0, "7")],
)
def test_in_the_documented_profile_an_id_is_a_parameter_as_it_is(user_id, sent):
    custify = CustifyStub()

    deleted(deletion({"userId": user_id}), custify=custify, profile="documented")

    assert custify.seen[0].params == {"user_id": sent}


def test_an_id_that_is_written_with_a_point_is_the_whole_number_that_it_is():
    body, custify = encode([deletion({"userId": "7"})]).replace(b'"7"', b"7.0"), CustifyStub()

    answer(ServiceRequest("POST", "/deleteUsers", {}, body), custify, "documented")

    assert custify.seen[0].params == {"user_id": "7"}


def test_each_request_has_the_key_of_its_own():
    custify = CustifyStub()

    deleted(*(deletion({"userId": "u"}, config={"apiKey": key}) for key in ("a", "b")), custify=custify)

    assert [request.headers["Authorization"] for request in custify.seen] == ["Bearer a", "Bearer b"]


def test_a_failed_request_does_not_stop_the_next_and_the_first_one_gives_the_status():
    custify = CustifyStub()

    found = deleted(deletion({"userId": "u1"}), deletion({}), deletion({"userId": "u2"}), custify=custify)

    assert (found.status, [result["statusCode"] for result in found.body]) == (200, [200, 400, 200])
    assert len(custify.seen) == 2


def test_a_request_for_another_destination_anywhere_sends_nothing():
    custify = CustifyStub()

    found = deleted(deletion({"userId": "u1"}), deletion(kind="other"), custify=custify)

    assert (found.status, custify.seen) == (404, [])


def test_settings_that_are_empty_lack_the_key():
    found = deleted(deletion({"userId": "u1"}, config={}))

    assert found.body == [{"statusCode": 400, "error": "api key for deletion not present"}]


def test_of_two_failures_the_first_is_the_result():
    replies = iter([UpstreamResponse(200), UpstreamResponse(500, "one"), UpstreamResponse(429, "two")])
    people = deletion(*({"userId": name} for name in "abc"))

    found = deleted(people, custify=lambda _request: next(replies))

    assert found.body == [{"statusCode": 500, "error": '"one"'}]
