"""A call that takes long, or waits for its workspace, keeps nobody else waiting."""

import socket
import threading
from base64 import b64encode
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from mock_custify import create_app
from mock_custify.control import requests as requests_
from mock_custify.server import bodies
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from support.sockets import TIMEOUT, exchange, next_response, received, request, responses
from support.waiting import wait_until

PERSON = b'{"user_id":"u1"}'
BASIC = f"Authorization: Basic {b64encode(b'free:').decode()}"
SDK_CALL = (
    f"POST /v1/identify HTTP/1.1\r\nHost: x\r\n{BASIC}\r\nContent-Length: 15\r\n\r\n".encode()
    + b'{"userId":"u2"}'
)
TAKEN = [
    request("GET", "/people/all", key="taken"),
    request("POST", "/people", PERSON, key="taken"),
    request("GET", "/_mock/state", key=" taken  "),
    request("GET", "/_mock/ui/api/counts", key="taken"),
    b"GET /sourceConfig/?writeKey=taken HTTP/1.1\r\nHost: x\r\n\r\n",
]
OTHERS = [
    request("GET", "/_mock/health"),
    request("GET", "/_mock/health", key="taken"),
    request("GET", "/people/all", key="free"),
    request("POST", "/people", PERSON, key="free"),
    request("GET", "/_mock/state", key="free"),
    request("POST", "/_mock/verify", b'{"at_least":0}', key="free"),
    b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /_mock/ui/ HTTP/1.1\r\nHost: x\r\n\r\n",
    SDK_CALL,
]


@pytest.fixture
def server():
    running = ServerThread(create_app())
    yield running
    running.stop()


def connected(server):
    """Return a connection to a server."""
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), TIMEOUT)


@pytest.mark.parametrize("taken", TAKEN)
def test_a_call_that_waits_for_its_workspace_keeps_no_other_waiting(server, taken):
    with ExitStack() as stack:
        with server.server.adapter.application.store.open("taken"):
            waiting = [stack.enter_context(connected(server)) for _ in range(40)]
            for connection in waiting:
                connection.sendall(taken)

            answers = [exchange(server.url, other)[0].status for other in OTHERS]
        for connection in waiting:
            connection.shutdown(socket.SHUT_WR)

        assert answers == [200] * len(OTHERS)
        assert [len(responses(received(connection))) for connection in waiting] == [1] * 40


def test_a_call_that_takes_long_keeps_no_other_workspace_waiting(server, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    verify = requests_.verify

    def slow(*arguments):
        begun.set()
        assert go_on.wait(TIMEOUT)
        return verify(*arguments)

    monkeypatch.setattr(requests_, "verify", slow)
    with connected(server) as long_one:
        long_one.sendall(
            request("POST", "/_mock/verify", b'{"at_least":0}', "Connection: close", key="taken")
        )
        assert begun.wait(TIMEOUT)
        monkeypatch.setattr(requests_, "verify", verify)

        answers = [exchange(server.url, other)[0].status for other in OTHERS]
        go_on.set()

        assert answers == [200] * len(OTHERS)
        assert [answer.status for answer in responses(received(long_one))] == [200]


def test_a_plain_call_needs_no_thread(server, monkeypatch):
    exchange(server.url, request("GET", "/people/all"))
    used = []
    monkeypatch.setattr(server.server.adapter.threads, "submit", lambda *call: used.append(call))

    answers = exchange(
        server.url, request("POST", "/people", PERSON) * 3, request("GET", "/people/all"), SDK_CALL
    )

    assert ([answer.status for answer in answers], used) == ([200] * 5, [])


def first_answer(connection):
    """Return the first answer on a connection, which stays open."""
    with connection.makefile("rb") as stream:
        return next_response(stream, "GET")


HUGE = 500 * 1024 * 1024


@pytest.mark.parametrize("length", [f"Content-Length: {HUGE}", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("sdk", [True, False])
def test_a_wrong_key_is_refused_before_the_body_has_come(length, sdk):
    running = ServerThread(create_app(Store(["right-key"])))
    path = "/v1/batch" if sdk else "/_mock/state"
    method = "POST" if sdk else "PUT"
    chunk = b"%x\r\n%b\r\n" % (100_000, b" " * 100_000)
    with connected(running) as connection:
        connection.sendall(request(method, path, b"", length, key="wrong") + chunk)
        answer = first_answer(connection)

    assert answer.status == 401
    assert running.server.adapter.bodies.held == 0
    running.stop()


def test_no_more_bodies_are_held_than_there_is_room_for(server, monkeypatch):
    monkeypatch.setattr(bodies, "MOST_HELD", 500_000)
    head = request("PUT", "/_mock/state", b"", "Content-Length: 1000000")
    with connected(server) as first:
        first.sendall(head + b" " * 400_000)
        wait_until(lambda: server.server.adapter.bodies.held >= 400_000)
        with connected(server) as second:
            second.sendall(head + b" " * 400_000)
            refused = first_answer(second)
        small = exchange(server.url, request("POST", "/people", PERSON))[0]
        first.sendall(b" " * 1000)

    assert (refused.status, refused.headers["retry-after"]) == (503, "1")
    assert "try again later" in refused.json["error"]
    assert small.status == 200


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_is_held_no_longer_than_its_call(server, whole):
    body = b'{"people":[],"x":"%b"}' % (b"x" * 300_000)
    data = request("PUT", "/_mock/state", body)

    exchange(server.url, data if whole else data[:-1])

    assert exchange(server.url, request("GET", "/_mock/health"))[0].status == 200
    assert server.server.adapter.bodies.held == 0
