"""How the journal shows a call, part by part, and how it counts."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from mock_custify import create_app
from mock_custify.workspace.traffic.journal import Journal, Recorded, shown

CALL = Recorded(
    number=4,
    at=datetime(2026, 5, 1, 12, tzinfo=UTC),
    method="POST",
    path="/people",
    query="a=1&b=&c=%26",
    headers={"HTTP_X_REQUEST_ID": "7", "CONTENT_TYPE": "text/plain"},
    body=b'{"user_id":"u1"}',
    status=200,
    answer=b"[]",
    seconds=0.0123456,
    faulty=True,
    cut=False,
)


def test_a_call_is_shown_whole():
    entry = shown(CALL)

    assert {name: getattr(entry, name) for name in entry.__struct_fields__} == {
        "number": 4,
        "at": "2026-05-01T12:00:00.000Z",
        "method": "POST",
        "path": "/people",
        "query": {"a": "1", "b": "", "c": "&"},
        "headers": {"X-Request-Id": "7", "Content-Type": "text/plain"},
        "body": {"user_id": "u1"},
        "status": 200,
        "answer": [],
        "milliseconds": 12.346,
        "fault": True,
        "cut": False,
    }


@pytest.mark.parametrize(
    ("body", "text"),
    [(b"", None), (b"null", None), (b"a\xffb", "a\ufffdb"), (b"{", "{"), (b"\xc3\xa4", "\u00e4"), (b"7", 7)],
)
def test_a_body_that_is_no_json_is_shown_as_text(body, text):
    call = Recorded(1, CALL.at, "POST", "/", "", {}, body, 200, b"", 0.0, False, False)  # noqa: FBT003 - as kept

    assert shown(call).body == text


def test_an_emptied_journal_counts_from_one_again(api):
    api.get("/people/all")
    api.get("/people/all")
    api.delete("/_mock/requests")

    api.get("/company/all")

    answer = api.get("/_mock/requests")
    assert [(entry["number"], entry["path"]) for entry in answer["requests"]] == [(1, "/company/all")]
    assert (answer["total"], answer["forgotten"]) == (1, 0)


def test_a_journal_counts_from_nothing_and_keeps_no_more_than_its_size():
    journal = Journal(2)

    before = journal.count, journal.size, len(journal)
    journal.add(CALL)
    journal.add(CALL)
    journal.add(CALL)

    assert (before, (journal.count, journal.size, len(journal))) == ((0, 2, 0), (3, 2, 2))


def test_calls_are_numbered_in_the_order_they_came_and_the_oldest_are_forgotten(api):
    api.put("/_mock/requests", {"size": 2})
    api.get("/people/all")
    api.get("/company/all")

    api.get("/note")

    answer = api.get("/_mock/requests")
    shown_calls = [(entry["number"], entry["path"]) for entry in answer["requests"]]
    assert shown_calls == [(2, "/company/all"), (3, "/note")]
    assert (answer["total"], answer["forgotten"], answer["size"]) == (3, 1, 2)


@pytest.mark.parametrize(("extra", "cut"), [(0, False), (1, True)])
def test_a_body_of_16_kib_is_kept_whole_and_a_longer_one_is_cut(api, extra, cut):
    headers = {"Authorization": f"Bearer {api.key}"}
    api.client.post("/people", data=b"x" * (16 * 1024 + extra), headers=headers)

    (call,) = api.get("/_mock/requests")["requests"]

    assert (call["cut"], call["body"]) == (cut, "x" * 16 * 1024)


def test_an_answer_that_is_too_long_is_cut_and_says_so(api):
    api.put("/_mock/state", {"people": [{"user_id": f"u{at}", "name": "x" * 255} for at in range(60)]})

    api.get("/people/all", itemsPerPage=60)

    (call,) = api.get("/_mock/requests")["requests"]
    assert (call["cut"], len(call["answer"])) == (True, 16 * 1024)


@pytest.mark.parametrize("key", ["short", "a-longer-key"])
def test_cookies_and_the_authorization_are_hidden_whatever_the_key(key):
    client = create_app().test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {key}", "Cookie": "session=secret"}
    client.get("/people/all", headers=headers)

    (call,) = client.get("/_mock/requests", headers=headers).json["requests"]

    assert (call["headers"]["Cookie"], call["headers"]["Authorization"]) == (
        "[redacted]",
        "Bearer [redacted]",
    )


def test_an_emptied_journal_keeps_its_size(api):
    api.put("/_mock/requests", {"size": 2})
    api.delete("/_mock/requests")

    assert [len(api.get("/people/all")) for _ in range(3)] == [1, 1, 1]
    answer = api.get("/_mock/requests")
    assert (answer["size"], len(answer["requests"]), answer["total"], answer["forgotten"]) == (2, 2, 3, 1)


def test_a_smaller_journal_keeps_the_newest_calls_in_their_order(api):
    paths = ["/people/all", "/company/all", "/note", "/tag"]
    [api.get(path) for path in paths]

    api.put("/_mock/requests", {"size": 2})

    assert [call["path"] for call in api.get("/_mock/requests")["requests"]] == ["/note", "/tag"]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"method": "GET", "since": "2"}, [4]),
        ({"method": "GET", "status": "404"}, [4]),
        ({"method": "GET", "limit": "1"}, [4]),
        ({"since": "1", "status": "2xx", "path": "/people*"}, [2]),
        ({"path": "/people/{id}", "limit": "1"}, [4]),
    ],
)
def test_every_filter_of_the_journal_must_hold_and_the_limit_is_of_what_is_left(api, query, numbers):
    api.post("/people", {"user_id": "u1"})
    api.get("/people/all")
    api.post("/company", {"company_id": "g1"})
    api.get("/people/unknown")

    answer = api.get(f"/_mock/requests?{urlencode(query)}")

    assert [call["number"] for call in answer["requests"]] == numbers


def test_a_query_without_a_value_is_kept(api):
    api.client.get("/people?user_id=u1&email=&flag", headers={"Authorization": f"Bearer {api.key}"})

    assert api.get("/_mock/requests")["requests"][0]["query"] == {"user_id": "u1", "email": "", "flag": ""}


@pytest.mark.parametrize(("key", "shown"), [("8letters", "[redacted]"), ("7letter", "7letter")])
def test_a_key_is_hidden_in_paths_queries_and_bodies_from_8_characters_on(key, shown):
    client, headers = create_app().test_client(), {"Authorization": f"Bearer {key}", "X-Copy": key}
    client.get(f"/people/{key}?q={key}", headers=headers)
    client.post("/people", json={"user_id": key}, headers=headers)

    first, second = client.get("/_mock/requests", headers=headers).json["requests"]

    assert (first["path"], first["query"]) == (f"/people/{shown}", {"q": shown})
    assert (first["headers"]["X-Copy"], second["body"]) == (shown, {"user_id": shown})
