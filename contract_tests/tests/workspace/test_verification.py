"""Whole verdicts about expected calls: how often they were seen, which came closest, and how it differs."""

import pytest


@pytest.fixture
def called(api):
    """A workspace that was asked three things."""
    api.post("/people", {"user_id": "u1", "name": "Ann"})
    api.post("/people", {"user_id": "u2"})
    api.get("/people/all", page=2)
    return api


def verdict(api, **expected):
    """Return what the check answers, the closest call by its number."""
    answer = api.post("/_mock/verify", expected)
    closest = answer.get("closest")
    return answer | {"closest": closest and closest["number"]}


@pytest.mark.parametrize(
    ("expected", "count", "message"),
    [
        ({"path": "/people"}, 2, "any call of /people was seen 2 times"),
        ({"path": "/people", "times": 2}, 2, "any call of /people was seen 2 times"),
        ({"method": "get"}, 1, "GET of any path was seen once"),
        ({"path": "/people", "at_most": 2}, 2, "any call of /people was seen 2 times"),
        ({"path": "/company", "at_most": 0}, 0, "any call of /company was seen 0 times"),
        ({"path": "/people", "at_least": 2, "at_most": 2}, 2, "any call of /people was seen 2 times"),
        ({"path": "/company", "at_least": 0}, 0, "any call of /company was seen 0 times"),
        ({"path": "/company", "at_least": 0, "at_most": 3}, 0, "any call of /company was seen 0 times"),
        ({"order": [{"method": "POST"}, {"method": "GET"}]}, 2, "all 2 requests came in this order"),
        ({"order": []}, 0, "all 0 requests came in this order"),
    ],
)
def test_calls_that_were_made_are_counted(called, expected, count, message):
    answer = verdict(called, **expected)

    assert answer == {"ok": True, "count": count, "message": message, "closest": None, "differences": []}


@pytest.mark.parametrize(
    ("expected", "count", "message"),
    [
        ({"path": "/people", "times": 1}, 2, "expected any call of /people exactly once, seen 2 times"),
        ({"path": "/people", "times": 0}, 2, "expected any call of /people exactly 0 times, seen 2 times"),
        ({"path": "/people", "at_most": 1}, 2, "expected any call of /people 0 to 1 times, seen 2 times"),
    ],
)
def test_a_call_that_was_made_too_often_is_told_with_its_count(called, expected, count, message):
    answer = verdict(called, **expected)

    assert answer == {"ok": False, "count": count, "message": message, "closest": None, "differences": []}


@pytest.mark.parametrize(
    ("expected", "count", "closest", "differences"),
    [
        ({"method": "PUT", "path": "/people"}, 0, 2, ["method is POST, not PUT"]),
        ({"method": "GET", "path": "/note"}, 0, 3, ["path is /people/all, not /note"]),
        ({"path": "/people", "status": 400}, 0, 2, ["status is 200, not 400"]),
        (
            {"path": "/people", "body": {"user_id": "u1"}, "times": 2},
            1,
            2,
            ['body.user_id is "u2", not "u1"'],
        ),
        ({"path": "/people/all", "query": {"page": "3"}}, 0, 3, ['query.page is "2", not "3"']),
        ({"path": "/people", "times": 3}, 2, 3, ["path is /people/all, not /people"]),
    ],
)
def test_a_missing_call_is_told_with_the_closest_one(called, expected, count, closest, differences):
    answer = verdict(called, **expected)

    assert (answer["ok"], answer["count"], answer["closest"]) == (False, count, closest)
    assert answer["differences"] == differences
    assert answer["message"].endswith(f": {differences[0]}")


def test_a_missing_call_of_an_order_is_told_with_what_came_before_it(called):
    order = [{"body": {"user_id": "u2"}}, {"body": {"user_id": "u1"}}]

    answer = verdict(called, order=order)

    message = 'expected any call with body {"user_id":"u1"} after request 2, but it did not come; '
    assert (answer["ok"], answer["count"], answer["closest"]) == (False, 1, 3)
    assert answer["message"].startswith(f"{message}closest was request 3, GET /people/all: ")


def test_the_first_missing_call_of_an_order_comes_after_none(called):
    answer = verdict(called, order=[{"path": "/note"}])

    assert answer["message"].startswith(
        "expected any call of /note, but it did not come; closest was request "
    )


def test_without_any_call_there_is_no_closest_one(api):
    answer = verdict(api, path="/people")

    message = "expected any call of /people at least once, seen 0 times; no other request was made"
    assert answer == {"ok": False, "count": 0, "message": message, "closest": None, "differences": []}


@pytest.mark.parametrize(
    ("expected", "error"),
    [
        (
            {"order": [], "times": 1},
            "order cannot be combined with other fields: describe each call inside order",
        ),
        ({"times": 1, "at_most": 2}, "times is an exact number: send it without at_least and at_most"),
        ({"times": 1, "at_least": 1}, "times is an exact number: send it without at_least and at_most"),
        ({"at_least": 3, "at_most": 2}, "at_most is less than at_least: no number of requests fits"),
    ],
)
def test_an_expectation_that_contradicts_itself_is_refused_in_words(api, expected, error):
    assert api.post("/_mock/verify", expected) == {"error": error}


def test_everything_that_was_expected_is_told_in_words(api):
    expected = {"query": {"page": "1"}, "headers": {"X-Id": "7"}, "status": 200, "body": {"b": 1, "a": True}}

    answer = verdict(api, method="post", path="/note", **expected)

    parts = 'query {"page":"1"} and headers {"X-Id":"7"} and status 200 and body {"a":true,"b":1}'
    assert answer["message"].startswith(f"expected POST /note with {parts} at least once, seen 0 times")


@pytest.mark.parametrize(
    ("expected", "differences"),
    [
        ({"headers": {"content-TYPE": "application/json"}}, []),
        ({"headers": {"X-Id": "7"}}, ['headers.x-id is missing, not "7"']),
        ({"body": {"user_id": "u2", "name": None}}, ["body.name is missing, not null"]),
        ({"body": {"user_id": "u2"}, "status": 201}, ["status is 200, not 201"]),
        ({"query": {"page": "1"}}, ['query.page is missing, not "1"']),
    ],
)
def test_a_part_that_is_missing_is_told_by_its_name(api, expected, differences):
    api.post("/people", {"user_id": "u2"})

    assert api.post("/_mock/verify", expected)["differences"] == differences


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"user_id": "u1", "name": "Ann"}, {"name": "Bob"}),
        ({"name": "Bob"}, {"user_id": "u1", "name": "Ann"}),
        ({"name": "Bob"}, {"user_id": "u1"}),
    ],
    ids=["wrong status", "wrong value", "missing value"],
)
def test_of_two_calls_that_differ_in_one_thing_the_later_one_is_the_closest(api, first, second):
    api.post("/people", first)
    api.post("/people", second)

    answer = verdict(api, path="/people", body={"name": "Bob"}, status=200)

    assert (answer["ok"], answer["closest"]) == (False, 2)


def test_all_differences_of_the_closest_call_are_told_in_its_message(api):
    api.post("/people", {"user_id": "u1"})

    answer = verdict(api, path="/people", body={"user_id": "u2"}, status=400)

    texts = 'status is 200, not 400; body.user_id is "u1", not "u2"'
    assert answer["message"].endswith(f"closest was request 1, POST /people: {texts}")
