"""How the journal shows a call, part by part, and how it counts."""

from datetime import UTC, datetime

import pytest

from mock_custify.store.journal import Journal, Recorded, shown

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
