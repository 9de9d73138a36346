"""Calls that offer to go on in another protocol, as Java's client and `curl --http2` do with each one."""

import socket
from urllib.parse import urlsplit

import pytest

from mock_custify import create_app
from mock_custify.server.server import ServerThread
from support.sockets import TIMEOUT, exchange, received, request, responses
from support.waiting import wait_until

H2C = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAEAAEAAAAIAAAAB")
OFFERS = [
    H2C,
    ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
    ("connection: keep-alive, upgrade", "upgrade: TLS/1.2"),
    ("Connection: Upgrade", "Upgrade: h2c, websocket"),
    ("Connection: Upgrade", "Upgrade: a", "Upgrade: b"),
]
PERSON = b'{"user_id":"c1"}'
CHUNKED = b'5\r\n{"use\r\nb\r\nr_id":"c1"}\r\n0\r\n\r\n'


@pytest.fixture(scope="module")
def server():
    running = ServerThread(create_app())
    yield running
    running.stop()


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize(
    ("call", "text"),
    [
        (("POST", "/people", PERSON), '"user_id":"c1"'),
        (("PUT", "/_mock/faults", b'{"faults":[]}'), '{"faults":[]}'),
        (("POST", "/v1/identify", b'{"userId":"c1"}'), "failed to read writekey"),
        (("POST", "/v0/destinations/custify", b'"text"'), "only supports object and array"),
        (("POST", "/_mock/verify", b'{"at_least":0}'), '"ok":true'),
        (("DELETE", "/people?user_id=nobody"), "there is no person"),
        (("GET", "/_mock/health"), "ok"),
    ],
)
def test_the_body_behind_an_offer_is_read(server, offer, call, text):
    method, path, *body = call

    answers = exchange(server.url, request(method, path, *(body or [b""]), *offer))

    assert [text in answer.body.decode() for answer in answers] == [True]


@pytest.mark.parametrize("offer", OFFERS)
def test_a_chunked_body_behind_an_offer_is_read(server, offer):
    answers = exchange(
        server.url, request("POST", "/people", b"", "Transfer-Encoding: chunked", *offer) + CHUNKED
    )

    assert [(answer.status, answer.json["user_id"]) for answer in answers] == [(200, "c1")]


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_call_with_an_offer_may_come_in_pieces(server, size):
    data = request("POST", "/people", PERSON, *H2C)

    answers = exchange(server.url, *[data[start : start + size] for start in range(0, len(data), size)])

    assert [answer.json["user_id"] for answer in answers] == ["c1"]


def test_pipelined_calls_with_offers_are_answered_in_order(server):
    calls = [
        request("POST", "/people", b'{"user_id":"p","name":"%d"}' % number, *OFFERS[number % len(OFFERS)])
        for number in range(30)
    ]

    answers = exchange(server.url, b"".join(calls))

    assert [answer.json["name"] for answer in answers] == [str(number) for number in range(30)]


def test_a_connection_goes_on_after_an_offer(server):
    calls = [request("POST", "/people", PERSON, *H2C), request("POST", "/people", PERSON), b"junk\r\n\r\n"]

    answers = exchange(server.url, *calls)

    assert [answer.status for answer in answers] == [200, 200, 400]


def test_a_client_that_waits_for_leave_with_an_offer_is_told_to_go_on(server):
    address = urlsplit(server.url)
    data = request("POST", "/people", PERSON, "Expect: 100-continue", *H2C[:-1])

    with socket.create_connection((address.hostname, address.port), TIMEOUT) as connection:
        connection.sendall(data.removesuffix(PERSON))
        leave = connection.recv(1000)
        connection.sendall(PERSON)
        connection.shutdown(socket.SHUT_WR)
        answers = responses(received(connection))

    assert (leave, [answer.status for answer in answers]) == (b"HTTP/1.1 100 Continue\r\n\r\n", [200])


def test_the_journal_shows_the_offer(server):
    exchange(server.url, request("POST", "/people", PERSON, *H2C, key="shown"))

    answer = exchange(server.url, request("GET", "/_mock/requests", key="shown"))[0]

    assert answer.json["requests"][0]["headers"]["Upgrade"] == "h2c"


def test_the_limit_of_a_head_holds_with_an_offer(server):
    answers = exchange(server.url, request("POST", "/people", PERSON, *H2C, "X: " + "x" * 70_000))

    assert [answer.status for answer in answers] == [431]


def test_a_call_with_an_offer_that_ends_early_is_refused(server):
    answers = exchange(server.url, request("POST", "/people", PERSON, *H2C)[:-1])

    assert [answer.status for answer in answers] == [400]


def test_a_tunnel_is_refused(server):
    answers = exchange(server.url, b"CONNECT api.custify.com:443 HTTP/1.1\r\nHost: x\r\n\r\n" + PERSON)

    assert [answer.status for answer in answers] == [400]


def test_a_client_that_leaves_amid_a_body_behind_an_offer_leaves_the_server_well(server):
    address = urlsplit(server.url)
    with socket.create_connection((address.hostname, address.port), TIMEOUT) as connection:
        connection.sendall(request("POST", "/people", PERSON, *H2C)[:-3])
    wait_until(lambda: not server.server.server_state.connections)

    assert exchange(server.url, request("GET", "/_mock/health"))[0].status == 200
