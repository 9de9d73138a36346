"""Refusals that are the same for many calls say what to do."""

import pytest

from mock_custify import create_app

HEADERS = {"Authorization": "Bearer KEY"}


@pytest.fixture(scope="module")
def client():
    return create_app().test_client()


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_an_empty_body_is_named_as_such(client, body):
    answer = client.post("/people", data=body, content_type="application/json", headers=HEADERS)

    assert (answer.status_code, answer.json) == (400, {"error": "the body is empty: send JSON"})


def test_an_unknown_path_says_where_all_calls_are_described(client):
    answer = client.get("/persons", headers=HEADERS)

    assert answer.json == {"error": "there is nothing at /persons: GET /_mock/docs lists every call"}


def test_a_method_that_a_path_does_not_have_comes_with_those_that_it_has(client):
    answer = client.put("/company/all", headers=HEADERS)

    assert answer.json == {"error": "PUT is not supported here: use DELETE or GET or HEAD"}


def test_a_single_value_that_is_accepted_is_named_without_a_choice(client):
    answer = client.put("/_mock/rate-limit", json={"preset": "x"}, headers=HEADERS)

    assert answer.json == {"error": 'preset must be "custify", got "x"'}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("user_id=u9", "the user_id 'u9'"),
        ("email=a@b.c", "the email 'a@b.c'"),
        ("user_id=u9&email=a@b.c", "the user_id 'u9' or the email 'a@b.c'"),
    ],
)
def test_a_person_that_is_not_found_is_named_by_all_that_the_query_has(client, query, text):
    answer = client.get(f"/people?{query}", headers=HEADERS)

    assert answer.json == {"error": f"there is no person with {text}"}
