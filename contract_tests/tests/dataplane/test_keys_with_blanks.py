"""Blanks around a key are no part of it: a message and a call with one key meet in one workspace."""

from base64 import b64encode

import pytest

from mock_custify import create_app
from mock_custify.workspace import Store

BLANKS = ["{}", " {}", "{} ", "  {}\t", "\t{}"]
MESSAGE = {"userId": "u1", "type": "identify", "traits": {"email": "u1@example.com"}}


def basic(user):
    """Return the headers of an SDK."""
    return {"Authorization": f"Basic {b64encode(f'{user}:'.encode()).decode()}"}


@pytest.fixture(params=[[], ["key-1"]])
def client(request):
    return create_app(Store(request.param)).test_client()


def people(client):
    """Return how many people the plain key sees, and how many messages."""
    state, sent = (
        client.get(path, headers={"Authorization": "Bearer key-1"}).json
        for path in ("/_mock/state", "/_mock/deliveries")
    )
    return len(state["people"]), [delivery["status"] for delivery in sent["deliveries"]]


@pytest.mark.parametrize("form", BLANKS)
def test_a_write_key_with_blanks_is_the_key_without_them(client, form):
    answer = client.post("/v1/identify", json=MESSAGE, headers=basic(form.format("key-1")))

    assert (answer.status_code, people(client)) == (200, (1, ["delivered"]))


@pytest.mark.parametrize("form", BLANKS)
def test_a_write_key_in_a_query_may_have_blanks(client, form):
    query = {"writeKey": form.format("key-1")}

    answer = client.post("/beacon/v1/batch", json={"batch": [MESSAGE]}, query_string=query)

    assert (answer.status_code, people(client)) == (200, (1, ["delivered"]))


@pytest.mark.parametrize("form", BLANKS)
def test_a_write_key_in_a_body_may_have_blanks(client, form):
    answer = client.post("/v1/i", json={**MESSAGE, "writeKey": form.format("key-1")})

    assert (answer.status_code, people(client)) == (200, (1, ["delivered"]))


@pytest.mark.parametrize("form", BLANKS)
def test_an_api_key_with_blanks_is_the_key_without_them(client, form):
    headers = {"Authorization": f"Bearer {form.format('key-1')}"}

    answer = client.post("/people", json={"user_id": "u1"}, headers=headers)

    assert (answer.status_code, people(client)[0]) == (200, 1)


@pytest.mark.parametrize("blank", ["", " ", "\t "])
@pytest.mark.parametrize("path", ["/v1/identify", "/v1/i"])
def test_a_write_key_of_blanks_is_none(client, blank, path):
    assert client.post(path, json=MESSAGE, headers=basic(blank)).status_code == 401


@pytest.mark.parametrize("path", ["/beacon/v1/batch?writeKey=%20", "/v1/i"])
def test_a_blank_write_key_elsewhere_is_none(client, path):
    assert client.post(path, json={**MESSAGE, "writeKey": " "}).status_code == 401


def test_a_write_key_in_a_path_may_have_blanks():
    client = create_app(Store(["key-1"])).test_client()

    assert client.get("/v1/projects/%20key-1%20/settings").status_code == 200


def test_a_blank_inside_a_key_stays(client):
    answer = client.post("/v1/identify", json=MESSAGE, headers=basic("key -1"))

    assert people(client) == (0, [])
    assert answer.status_code in {200, 401}
