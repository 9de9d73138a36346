"""What keeps tenants apart and secrets in: no trick with paths, headers or bodies opens another workspace."""

import logging

import pytest

from mock_custify import create_app
from mock_custify.api.openapi import routes_of
from mock_custify.errors import UnauthorizedError
from mock_custify.resources.people.model import PEOPLE
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from support.api import workspace_of
from support.sockets import exchange, request

VICTIM = "victim-key-123456"
THIEF = "thief-key-123456"
TRICKS = [
    request("DELETE", "/_mock/state", b"", f"Authorization: Bearer {VICTIM}", key=THIEF),
    request("DELETE", "/_mock/state", b"", f"X-Api-Key: {VICTIM}", f"X-Workspace: {VICTIM}", key=THIEF),
    request("DELETE", "/_mock/state", b"", f"HTTP_AUTHORIZATION: Bearer {VICTIM}", key=THIEF),
    request("DELETE", "/_mock/state", b"", f"Http-Authorization: Bearer {VICTIM}", key=THIEF),
    request("DELETE", f"/_mock/state?api_key={VICTIM}&key={VICTIM}&workspace={VICTIM}", key=THIEF),
    request("DELETE", f"/{VICTIM}/_mock/state", key=THIEF),
    request("DELETE", f"http://{VICTIM}@localhost/_mock/state", key=THIEF),
    request("DELETE", "/people/all/../../_mock/state", key=THIEF),
    request("DELETE", "/people?user_id=u1", key=THIEF),
    request(
        "POST",
        "/people",
        b'{"user_id":"u1","workspace":"%b","api_key":"%b"}' % ((VICTIM.encode(),) * 2),
        key=THIEF,
    ),
    request("PUT", "/_mock/state", b'{"people":[]}', f"Cookie: key={VICTIM}", key=THIEF),
    request("DELETE", "/_mock/state", b"", key=f"{VICTIM} x"),
    request("DELETE", "/_mock/state", b"", key=f"{VICTIM}\t,"),
    request("DELETE", "/_mock/state", b"", key=VICTIM.upper()),
    request("DELETE", "/_mock/state", b"", key=VICTIM[:-1]),
]


@pytest.fixture(scope="module")
def server():
    running = ServerThread(create_app())
    exchange(running.url, request("POST", "/people", b'{"user_id":"u1","name":"Kept"}', key=VICTIM))
    yield running
    running.stop()


@pytest.mark.parametrize("trick", TRICKS)
def test_no_path_header_or_body_reaches_another_workspace(server, trick):
    exchange(server.url, trick)

    kept = exchange(server.url, request("GET", "/people?user_id=u1", key=VICTIM))[0].json

    assert kept[0]["people"][0]["name"] == "Kept"


@pytest.mark.parametrize("trick", TRICKS)
def test_no_answer_shows_another_key(server, trick):
    answers = exchange(server.url, trick, request("GET", "/_mock/requests", key=THIEF))

    assert [VICTIM in answer.json["error"] for answer in answers if "error" in answer.json] in (
        [],
        [False],
        [True],
    )


@pytest.mark.parametrize("key", ["a", "ab", "abc\x00", "", " "])
def test_only_the_whole_key_is_taken(key):
    client = create_app(Store(["abc"])).test_client()

    answer = client.get("/people/all", headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == 401


def test_a_failure_is_logged_without_the_key(caplog, monkeypatch):
    app = create_app()
    monkeypatch.setattr(workspace_of(app.store, THIEF).records[PEOPLE], "find", None)

    with caplog.at_level(logging.DEBUG):
        answer = app.test_client().get(
            "/people?user_id=u1", headers={"Authorization": f"Bearer {THIEF}", "Cookie": THIEF}
        )

    assert answer.status_code == 500
    assert "Exception on /people [GET]" in caplog.text
    assert THIEF not in caplog.text + answer.text


def test_a_store_holds_no_key_that_can_be_read_back():
    store = Store([VICTIM])

    workspace = workspace_of(store, VICTIM)

    assert VICTIM not in repr([vars(store), vars(workspace), list(store.workspaces)])


SECURED = [route for route in routes_of(create_app()) if route.about.secured]


@pytest.mark.parametrize("route", SECURED, ids=lambda route: f"{route.method} {route.path}")
def test_a_call_without_a_key_is_refused(route):
    client = create_app().test_client()

    answer = client.open(route.path.replace("{", "").replace("}", ""), method=route.method)

    assert answer.status_code == 401


def test_a_path_comes_back_as_json_and_never_as_html():
    answer = create_app().test_client().get("/<script>alert(1)</script>")

    assert (answer.status_code, answer.content_type) == (404, "application/json")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_word_bearer_is_read_in_any_case_and_blanks_around_the_key_are_none_of_it(scheme):
    client = create_app(Store(["abc"])).test_client()

    answer = client.get("/people/all", headers={"Authorization": f"{scheme}   abc"})

    assert answer.status_code == 200


@pytest.mark.parametrize("scheme", ["Basic", "Token", "Bearerx", ""])
def test_another_scheme_opens_nothing(scheme):
    client = create_app(Store(["abc"])).test_client()

    answer = client.get("/people/all", headers={"Authorization": f"{scheme} abc"})

    assert (answer.status_code, answer.json["error"][:22]) == (401, "an API key is required")


def test_none_of_a_thousand_keys_is_taken_for_the_right_one():
    store = Store(["abc"])

    taken = [key for key in map(str, range(1000)) if not refused(store, key)]

    assert taken == []


def refused(store, key):
    """Tell whether a store refuses a key."""
    try:
        workspace_of(store, key)
    except UnauthorizedError:
        return True
    return False


@pytest.mark.parametrize("header", ["Content_Length: 99999999", "Content_Type: forged", "User_Agent: forged"])
def test_a_header_with_an_underscore_passes_for_no_other_header(server, header):
    sent = request("POST", "/people", b'{"user_id":"u1"}', "User-Agent: real", header, key=header)

    answers = exchange(server.url, sent, request("GET", "/_mock/requests", key=header))

    (call,) = answers[1].json["requests"]
    assert (answers[0].status, call["headers"]["User-Agent"]) == (200, "real")
    assert "forged" not in call["headers"]["Content-Type"]
