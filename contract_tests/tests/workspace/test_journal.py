"""The journal: what was asked and answered, bounded, without keys, found by filters and verified."""

import json
from urllib.parse import quote

import pytest

from mock_custify import create_app
from mock_custify.limits import Limits
from mock_custify.workspace import Store
from mock_custify.workspace.traffic.journal import LARGEST_BODY, Journal, Recorded, shown
from support.api import workspace_of

KEY = "a-key+with:signs"
HEADERS = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def client():
    """A client of a fresh server."""
    return create_app().test_client()


def entries(client, **query):
    """Return the journal of the workspace of KEY."""
    return client.get("/_mock/requests", query_string=query, headers=HEADERS).json["requests"]


def verified(client, **expected):
    """Return the verdict about an expectation."""
    return client.post("/_mock/verify", json=expected, headers=HEADERS).json


def upsert(client, **person):
    """Upsert a person."""
    return client.post("/people", json=person, headers=HEADERS)


def test_a_call_is_kept_with_its_body_and_its_answer(client):
    upsert(client, user_id="u1")

    (entry,) = entries(client)

    assert (entry["method"], entry["path"], entry["body"], entry["status"]) == (
        "POST",
        "/people",
        {"user_id": "u1"},
        200,
    )
    assert entry["answer"]["user_id"] == "u1"


def test_a_refused_call_is_kept_with_its_status(client):
    upsert(client, name="nobody")

    (entry,) = entries(client)

    assert entry["status"] == 400
    assert "user_id or email is required" in entry["answer"]["error"]


def test_a_body_over_the_limit_is_kept_as_refused(client):
    upsert(client, user_id="u1", name="x" * 6_000_000)

    (entry,) = entries(client)

    assert (entry["status"], entry["body"]) == (413, None)


def test_control_calls_are_not_in_the_journal(client):
    client.get("/_mock/state", headers=HEADERS)

    assert entries(client) == []


@pytest.mark.parametrize(
    "sent",
    [
        {"path": f"/people?user_id={KEY}"},
        {"path": f"/people?user_id={quote(KEY, safe='')}"},
        {"path": f"/people?user_id={quote(KEY, safe='+')}"},
        {"path": f"/people?user_id={''.join(f'%{ord(letter):02x}' for letter in KEY)}"},
        {"path": f"/people/{KEY}"},
        {"path": "/people", "method": "POST", "data": json.dumps({"user_id": KEY})},
        {"path": "/people", "method": "POST", "data": '{"user_id":"\\u0061' + KEY[1:] + '"}'},
        {"path": "/people/all", "headers": {**HEADERS, "X-Copy": KEY, "Cookie": f"k={KEY}"}},
    ],
)
def test_a_key_is_never_kept_in_clear(sent):
    app = create_app()

    app.test_client(use_cookies=False).open(**{"headers": HEADERS, **sent})

    kept = [(call, shown(call)) for call in workspace_of(app.store, KEY).journal]
    assert len(kept) == 1
    assert "a-key" not in repr(kept)


def test_a_long_body_is_cut(client):
    upsert(client, user_id="u1", name="x" * LARGEST_BODY)

    (entry,) = entries(client)

    assert entry["cut"]
    assert len(entry["body"]) == LARGEST_BODY


def test_the_journal_forgets_the_oldest_calls():
    journal = Journal(size=3)
    call = Recorded(1, None, "GET", "/", "", {}, b"", 200, b"", 0.0, False, False)  # noqa: FBT003

    for _ in range(10):
        journal.add(call)

    assert (len(journal), journal.count, journal.forgotten) == (3, 10, 7)


def test_the_journal_can_be_made_larger_and_smaller(client):
    upsert(client, user_id="u1")
    upsert(client, user_id="u2")

    client.put("/_mock/requests", json={"size": 1}, headers=HEADERS)

    assert [entry["number"] for entry in entries(client)] == [2]


def test_the_journal_can_be_emptied(client):
    upsert(client, user_id="u1")

    client.delete("/_mock/requests", headers=HEADERS)

    assert entries(client) == []


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"method": "post"}, [1, 2]),
        ({"path": "/people/all"}, [3]),
        ({"path": "/people/*"}, [3, 4]),
        ({"path": "/people/{id}", "status": "404"}, [4]),
        ({"status": "4xx"}, [2, 4]),
        ({"limit": "2"}, [3, 4]),
        ({"limit": "0"}, []),
        ({"since": "3"}, [4]),
        ({"since": "2020-01-01T00:00:00+00:00"}, [1, 2, 3, 4]),
        ({"since": "2999-01-01"}, []),
    ],
)
def test_the_journal_shows_what_a_filter_asks_for(client, query, numbers):
    upsert(client, user_id="u1")
    upsert(client, name="nobody")
    client.get("/people/all", headers=HEADERS)
    client.get("/people/unknown", headers=HEADERS)

    assert [entry["number"] for entry in entries(client, **query)] == numbers


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"since": "yesterday"}, "'yesterday' is neither the number of a request nor a date"),
        ({"status": "ok"}, "status"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "null"}, "limit"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(client, query, text):
    answer = client.get("/_mock/requests", query_string=query, headers=HEADERS)

    assert answer.status_code == 400
    assert text in answer.json["error"]


def test_another_workspace_does_not_see_the_journal(client):
    upsert(client, user_id="u1")

    other = client.get("/_mock/requests", headers={"Authorization": "Bearer another-key"})

    assert other.json["requests"] == []


def test_a_call_that_was_made_is_verified(client):
    upsert(client, user_id="u1", name="Ann")

    verdict = verified(client, method="POST", path="/people", body={"user_id": "u1"}, times=1)

    assert (verdict["ok"], verdict["count"]) == (True, 1)


def test_a_missing_call_names_the_closest_one(client):
    upsert(client, user_id="u2")
    client.get("/people/all", headers=HEADERS)

    verdict = verified(client, method="POST", path="/people", body={"user_id": "u1"})

    assert not verdict["ok"]
    assert verdict["closest"]["number"] == 1
    assert verdict["message"] == (
        'expected POST /people with body {"user_id":"u1"} at least once, seen 0 times; '
        'closest was request 1, POST /people: body.user_id is "u2", not "u1"'
    )


def test_true_is_not_taken_for_one(client):
    upsert(client, user_id="u1", session_count=1)

    verdict = verified(client, path="/people", body={"session_count": True})

    assert verdict["differences"] == ["body.session_count is 1, not true"]


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({"times": 1}, "expected POST /people exactly once, seen 2 times"),
        ({"at_most": 1}, "expected POST /people 0 to 1 times, seen 2 times"),
    ],
)
def test_a_call_that_came_too_often_is_told(client, expected, message):
    upsert(client, user_id="u1")
    upsert(client, user_id="u1")

    verdict = verified(client, method="POST", path="/people", **expected)

    assert (verdict["ok"], verdict["message"]) == (False, message)


def test_calls_are_verified_in_their_order(client):
    upsert(client, user_id="u1")
    upsert(client, user_id="u2")

    verdict = verified(client, order=[{"body": {"user_id": "u1"}}, {"body": {"user_id": "u2"}}])

    assert verdict["ok"]


def test_a_wrong_order_names_the_call_that_did_not_come(client):
    upsert(client, user_id="u2")
    upsert(client, user_id="u1")

    verdict = verified(client, order=[{"body": {"user_id": "u1"}}, {"body": {"user_id": "u2"}}])

    assert not verdict["ok"]
    assert verdict["message"].startswith(
        'expected any call with body {"user_id":"u2"} after request 2, but it did not come'
    )


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ({"metod": "POST"}, "metod is not a known field"),
        ({"times": 1, "at_least": 1}, "times is an exact number"),
        ({"at_least": 2, "at_most": 1}, "at_most is less than at_least"),
        ({"order": [], "times": 1}, "order cannot be combined with other fields"),
    ],
)
def test_an_expectation_with_a_mistake_is_refused(client, expected, text):
    answer = client.post("/_mock/verify", json=expected, headers=HEADERS)

    assert answer.status_code == 400
    assert text in answer.json["error"]


def test_a_workspace_whose_journal_keeps_nothing_still_counts_its_calls():
    store = Store(limits=Limits(journal=0))
    client = create_app(store).test_client()

    for _ in range(3):
        client.get("/people/all", headers={"Authorization": "Bearer key"})

    with store.open("key") as workspace:
        assert (workspace.journal.count, len(workspace.journal)) == (3, 0)
