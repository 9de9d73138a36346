"""The rate limit of a workspace: windows that open with a call, by the workspace's own clock."""

import pytest

from mock_custify import create_app

HEADERS = {"Authorization": "Bearer key"}


@pytest.fixture
def client():
    """A client of a server whose workspace stands still in time and answers 2 calls in 10 seconds."""
    client = create_app().test_client()
    control(client, "PUT", "/_mock/clock", {"freeze": "2026-01-01"})
    control(client, "PUT", "/_mock/rate-limit", {"requests": 2, "seconds": 10})
    return client


def control(client, method, path, body=None):
    """Make a control call."""
    return client.open(path, method=method, json=body, headers=HEADERS)


def statuses(client, count):
    """Return the statuses of `count` calls."""
    return [client.get("/people/all", headers=HEADERS).status_code for _ in range(count)]


def test_a_call_over_the_limit_is_refused_until_the_window_is_over(client):
    statuses(client, 2)

    answer = client.get("/people/all", headers=HEADERS)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert (answer.headers["X-RateLimit-Limit"], answer.headers["X-RateLimit-Remaining"]) == ("2", "0")
    assert answer.json == {
        "error": "the rate limit of 2 requests in 10 seconds is used up: try again in 10 seconds"
    }


@pytest.mark.parametrize(("waited", "wait"), [(0.5, "10"), (2.5, "8"), (2.6, "8"), (9.9, "1")])
def test_a_refused_call_is_told_the_whole_seconds_until_the_window_is_over(client, waited, wait):
    statuses(client, 2)
    control(client, "PUT", "/_mock/clock", {"advance": waited})

    answer = client.get("/people/all", headers=HEADERS)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, wait)


def test_a_wait_of_less_than_a_second_is_told_as_one(client):
    control(client, "PUT", "/_mock/rate-limit", {"requests": 1, "seconds": 0.1})
    statuses(client, 1)

    answer = client.get("/people/all", headers=HEADERS)

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert answer.json["error"].endswith("is used up: try again in 1 second")


@pytest.mark.parametrize(("waited", "answers"), [(9.999, [429, 429, 429]), (10, [200, 200, 429])])
def test_a_window_gives_nothing_back_before_it_is_over_by_the_time_of_the_workspace(client, waited, answers):
    statuses(client, 2)

    control(client, "PUT", "/_mock/clock", {"advance": waited})

    assert statuses(client, 3) == answers


def test_a_window_opens_with_the_first_call_and_neither_a_later_nor_a_refused_one_makes_it_longer(client):
    control(client, "PUT", "/_mock/clock", {"advance": 7})
    statuses(client, 1)
    control(client, "PUT", "/_mock/clock", {"advance": 9})
    statuses(client, 2)

    control(client, "PUT", "/_mock/clock", {"advance": 1})

    assert statuses(client, 3) == [200, 200, 429]


def test_waiting_long_opens_no_more_than_one_window(client):
    control(client, "PUT", "/_mock/clock", {"advance": 1000})

    assert statuses(client, 3) == [200, 200, 429]


def test_a_clock_that_goes_back_before_a_window_ends_it(client):
    statuses(client, 2)

    control(client, "PUT", "/_mock/clock", {"advance": -1000})

    assert statuses(client, 3) == [200, 200, 429]


def test_the_limit_tells_what_remains(client):
    statuses(client, 1)

    assert control(client, "GET", "/_mock/rate-limit").json == {
        "requests": 2,
        "seconds": 10.0,
        "remaining": 1,
    }


def test_the_limit_can_be_taken_away(client):
    control(client, "DELETE", "/_mock/rate-limit")

    assert statuses(client, 3) == [200, 200, 200]


def test_a_refused_call_is_in_the_journal(client):
    statuses(client, 3)

    entries = control(client, "GET", "/_mock/requests?status=429").json["requests"]

    assert [entry["number"] for entry in entries] == [3]


@pytest.mark.parametrize(
    "body", [{"requests": 0}, {"requests": 1, "second": 1}, {"requests": 1, "seconds": 0}]
)
def test_a_limit_with_a_mistake_is_refused(client, body):
    answer = control(client, "PUT", "/_mock/rate-limit", body)

    assert answer.status_code == 400
