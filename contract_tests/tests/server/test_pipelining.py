"""Calls that arrive together: each gets its own answer, in order, also when what follows is no request."""

import socket
from urllib.parse import urlsplit

import pytest

from mock_custify import create_app
from mock_custify.limits import Limits
from mock_custify.server.server import ServerThread
from support.sockets import TIMEOUT, exchange, received, request, responses
from support.waiting import wait_until

PERSON = b'{"user_id":"u1"}'
POST = request("POST", "/people", PERSON)
CHUNKED = request("POST", "/people", b"", "Transfer-Encoding: chunked")
BROKEN = [
    b"garbage\r\n\r\n",
    b"\x16\x03\x01\x02\x00\r\n\r\n",
    b"GET /people HTTP/9.9\r\n\r\n",
    request("POST", "/people", b"", "Content-Length: 3", "Content-Length: 4"),
    CHUNKED + b"zz\r\n",
    CHUNKED + b'5\r\n{"use\r\nzz\r\n',
]


@pytest.fixture(scope="module")
def server():
    running = ServerThread(create_app(limits=Limits(head=4096)))
    yield running
    running.stop()


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("before", [1, 2, 5])
@pytest.mark.parametrize("ended", [True, False])
def test_what_came_before_a_broken_request_is_answered_first(server, broken, before, ended):
    answers = exchanged(
        server.url, POST * before + broken + b"GET /_mock/health HTTP/1.1\r\n\r\n", ended=ended
    )

    assert [answer.status for answer in answers] == [200] * before + [400]


def exchanged(url, data, *, ended):
    """Return the answers to `data`, sent at once, with the end of input or without it."""
    if ended:
        return exchange(url, data)
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), TIMEOUT) as connection:
        connection.sendall(data)
        return responses(received(connection))


def test_garbage_after_a_chunked_body_does_not_reach_the_call_before_it(server):
    whole = CHUNKED + b'10\r\n{"user_id":"c1"}\r\n0\r\n\r\n'

    answers = exchange(server.url, whole + b"more of it\r\n\r\n")

    assert [answer.status for answer in answers] == [200, 400]
    assert answers[0].json["user_id"] == "c1"


def test_a_broken_chunk_changes_nothing(server):
    answers = exchange(
        server.url,
        request("POST", "/people", b"", "Transfer-Encoding: chunked", key="bad")
        + b'10\r\n{"user_id":"c1"}\r\nzz\r\n\r\n',
    )

    assert [answer.status for answer in answers] == [400]
    assert exchange(server.url, request("GET", "/people/all", key="bad"))[0].json[0]["total"] == 0


def test_a_head_that_is_too_large_waits_for_the_answers_before_it(server):
    answers = exchange(server.url, POST + request("GET", "/people/all", b"", "X: " + "x" * 5000))

    assert [answer.status for answer in answers] == [200, 431]


def test_a_request_that_ends_early_waits_for_the_answers_before_it(server):
    answers = exchange(server.url, POST * 3 + POST[:-1])

    assert [answer.status for answer in answers] == [200, 200, 200, 400]


def test_a_refusal_waits_for_a_delayed_answer(server):
    rule = b'{"faults":[{"path":"/people","delay":0.1}]}'
    exchange(server.url, request("PUT", "/_mock/faults", rule, key="slow"))

    answers = exchange(server.url, request("POST", "/people", PERSON, key="slow") + b"garbage\r\n\r\n")

    assert [answer.status for answer in answers] == [200, 400]


def test_nothing_is_said_after_the_last_call_that_a_client_wants_answered(server):
    last = request("POST", "/people", PERSON, "Connection: close")

    answers = exchange(server.url, last + b"garbage\r\n\r\n")

    assert [answer.status for answer in answers] == [200]


def test_a_dropped_connection_ends_with_calls_waiting_behind(server):
    exchange(server.url, request("PUT", "/_mock/faults", b'{"faults":[{"drop":true}]}', key="drop"))
    dropped = request("POST", "/people", PERSON, key="drop")

    assert exchange(server.url, dropped * 3) == []
    wait_until(lambda: not server.server.server_state.tasks)


def test_two_hosts_are_refused(server):
    answers = exchange(server.url, request("POST", "/people", PERSON, "Host: y", key="hosts"))

    assert [answer.status for answer in answers] == [400]
    assert answers[0].json == {"error": "a request has one Host header"}
    assert exchange(server.url, request("GET", "/people/all", key="hosts"))[0].json[0]["total"] == 0
