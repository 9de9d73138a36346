"""Fates whole: every field of what became of a message, and the edges of the questions about them."""

from urllib.parse import urlencode

import pytest

from mock_custify.dataplane.data_plane import DataPlaneOptions
from mock_custify.dataplane.delivery.retry import RetryPolicy
from support.dataplane import Source

NOW = "2026-05-01T00:00:00.000Z"
MESSAGE = {"type": "identify", "userId": "u1", "anonymousId": "a1", "messageId": "m1"}
FATE = {
    **MESSAGE,
    "number": 1,
    "status": "delivered",
    "code": 200,
    "reason": "",
    "hint": "",
    "profile": "documented",
    "received_at": NOW,
    "updated_at": NOW,
    "attempts": 1,
    "next_attempt_at": None,
    "processed": None,
    "requests": [],
}
REQUEST = {
    "attempt": 1,
    "method": "POST",
    "endpoint": "https://api.custify.com/people",
    "headers": {
        "Content-Type": "application/json",
        "Authorization": "[redacted]",
        "Accept": "application/json",
    },
    "params": {},
    "body": {"user_id": "u1", "signed_up_at": NOW},
    "status": 400,
    "answer": "no",
    "error": "",
}


@pytest.fixture
def source():
    """A source whose workspace stands still in time and waits long before it tries again."""
    source = Source(options=DataPlaneOptions(retry=RetryPolicy(scale=100)))
    source.control("PUT", "/_mock/clock", json={"freeze": NOW})
    return source


def test_the_fate_of_a_delivered_message_is_shown_whole(source):
    source.send(MESSAGE)

    found = source.delivery()

    assert {**found, "processed": None, "requests": []} == {**FATE, "message": MESSAGE}


def test_a_request_of_a_fate_is_shown_whole(source):
    source.control("PUT", "/_mock/faults", json={"faults": [{"status": 400, "body": "no"}]})
    source.send(MESSAGE)

    (request,) = source.delivery()["requests"]

    assert request == REQUEST


def test_a_message_that_is_tried_again_tells_when_and_why(source):
    source.control("PUT", "/_mock/faults", json={"faults": [{"status": 503, "body": "no"}]})
    source.send(MESSAGE)

    found = source.delivery()

    shown = {name: found[name] for name in ("status", "code", "reason", "next_attempt_at")}
    assert shown == {
        "status": "retrying",
        "code": 503,
        "reason": "Custify answered 503: no",
        "next_attempt_at": "2026-05-01T00:16:40.000Z",
    }


def test_a_message_that_was_refused_is_known_by_what_it_was_sent_with(source):
    refused = {**MESSAGE, "userId": "", "anonymousId": ""}

    source.send(refused)

    found = source.delivery()
    assert (found["processed"], {name: found[name] for name in MESSAGE}) == (None, refused)


def test_a_message_is_known_by_the_id_that_the_gateway_gave_it(source):
    source.send({"type": "identify", "userId": "u1"})

    found = source.delivery()

    assert found["messageId"] == found["processed"]["messageId"]


@pytest.mark.parametrize(
    ("since", "numbers"),
    [
        (NOW, [1]),
        ("2026-05-01T02:00:00 02:00", [1]),
        ("2026-05-01T00:00:00.001Z", []),
        ("1", []),
        ("0", [1]),
    ],
)
def test_fates_since_a_moment_include_those_of_that_very_moment(source, since, numbers):
    source.send(MESSAGE)

    shown = source.control("GET", f"/_mock/deliveries?{urlencode({'since': since})}")["deliveries"]

    assert [found["number"] for found in shown] == numbers


def test_a_date_that_is_none_is_quoted_by_its_first_80_letters(source):
    answer = source.control("GET", "/_mock/deliveries", query_string={"since": "x" * 100})

    assert answer == {"error": f"since: {'x' * 80!r} is neither the number of a delivery nor a date"}
