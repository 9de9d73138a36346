"""The edge of the server: bytes that are no request, slow and pipelined ones, and the rest of HTTP."""

import asyncio
import json
import logging
import socket
from contextlib import ExitStack
from io import BytesIO
from unittest.mock import Mock, call
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from mock_custify import create_app
from mock_custify.limits import Limits
from mock_custify.server.connection import Corked
from mock_custify.server.server import ServerThread
from support.sockets import TIMEOUT, exchange, received, request, responses
from support.waiting import wait_until

PERSON = b'{"user_id":"u1"}'
PIECES = [
    *(
        b"GET ",
        b"POST ",
        b"BREW ",
        b"/people ",
        b"/people?user_id=%FF ",
        b"/%00/.. ",
        b"HTTP/1.1\r\n",
        b"HTTP/9",
    ),
    *(b"Host: x\r\n", b"Content-Length: 3\r\n", b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n"),
    *(
        b"Authorization: Bearer k\r\n",
        b"Expect: 100-continue\r\n",
        b"Connection: Upgrade\r\nUpgrade: h2c\r\n",
    ),
    *(
        b"\r\n",
        b"\n",
        b"0\r\n\r\n",
        b"ffffffffffffffff\r\n",
        b"{}",
        b'{"user_id":NaN}',
        b"\x00",
        b"\xff\xfe",
        b":",
    ),
]
byte_streams = st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=12).map(b"".join)
mangled = st.builds(
    lambda place, junk: (whole := request("POST", "/people", PERSON))[:place] + junk + whole[place:],
    st.integers(0, 90),
    st.binary(min_size=1, max_size=4),
)


@pytest.fixture(scope="module")
def server():
    running = ServerThread(create_app(limits=Limits(body=1000, head=4096)))
    yield running
    running.stop()


@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@given(data=byte_streams | mangled)
def test_any_bytes_get_whole_answers_and_none_of_them_a_failure(server, data):
    answers = exchange(server.url, data, request("GET", "/_mock/health"))

    assert {answer.status // 100 for answer in answers} <= {1, 2, 4}
    assert exchange(server.url, request("GET", "/_mock/health"))[0].status == 200


def test_bytes_that_are_no_request_are_refused_as_json_and_not_logged(server, caplog):
    with caplog.at_level(logging.INFO):
        answers = exchange(server.url, b"\x16\x03\x01\x02\x00\r\n\r\n")

    assert [answer.status for answer in answers] == [400]
    assert answers[0].json == {"error": "Invalid HTTP request received."}
    assert caplog.records == []


def test_a_request_that_ends_early_is_refused_and_changes_nothing(server):
    answers = exchange(server.url, request("POST", "/people", b'{"user_id":"cut"}')[:-1])

    assert [answer.status for answer in answers] == [400]
    assert exchange(server.url, request("GET", "/people?user_id=cut"))[0].status == 404


def test_a_request_may_come_byte_by_byte(server):
    data = request("POST", "/people", PERSON)

    answers = exchange(server.url, *[data[place : place + 1] for place in range(len(data))])

    assert [answer.status for answer in answers] == [200]


def test_pipelined_requests_are_answered_in_order(server):
    posts = [request("POST", "/people", b'{"user_id":"p","name":"%d"}' % number) for number in range(50)]

    answers = exchange(server.url, b"".join(posts))

    assert [answer.json["name"] for answer in answers] == [str(number) for number in range(50)]


def test_a_pipelined_request_waits_for_a_delayed_answer(server):
    rule = b'{"faults":[{"path":"/people","delay":0.2,"times":1}]}'
    exchange(server.url, request("PUT", "/_mock/faults", rule, key="delayed"))
    both = request("POST", "/people", PERSON, key="delayed") + request("GET", "/people/all", key="delayed")

    answers = exchange(server.url, both)

    assert [answer.status for answer in answers] == [200, 200]
    assert answers[1].json[0]["total"] == 1


def test_a_chunked_body_is_put_together(server):
    head = request("POST", "/people", b"", "Transfer-Encoding: chunked")

    answers = exchange(server.url, head, b'9\r\n{"user_id\r\n', b'8\r\n":"chu"}\r\n0\r\n\r\n')

    assert answers[0].json["user_id"] == "chu"


def test_a_client_that_waits_for_leave_is_told_to_go_on(server):
    data = request("POST", "/people", PERSON, "Expect: 100-continue", "Connection: close")

    with connected(server) as connection:
        connection.sendall(data.removesuffix(PERSON))
        leave = connection.recv(1000)
        connection.sendall(PERSON)
        answer = responses(received(connection))

    assert leave == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert [reply.status for reply in answer] == [200]


def test_a_client_that_waits_with_too_long_a_body_is_refused_before_it_sends_it(server):
    head = request("POST", "/people", b"", "Expect: 100-continue", "Content-Length: 70000")

    answers = exchange(server.url, head)

    assert [answer.status for answer in answers] == [413]


def test_head_is_answered_like_get_without_the_body(server):
    get = exchange(server.url, request("GET", "/people/all"))[0]

    head = exchange(server.url, request("HEAD", "/people/all"), method="HEAD")[0]

    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(get.body))


@pytest.mark.parametrize("method", ["PATCH", "TRACE"])
def test_a_wrong_method_is_refused_with_the_right_ones(server, method):
    answers = exchange(server.url, request(method, "/people"))

    assert answers[0].status == 405
    assert {"GET", "POST", "DELETE"} <= set(answers[0].headers["allow"].split(", "))
    assert "error" in answers[0].json


@pytest.mark.parametrize("path", ["/nothing", "/%FF%FE", "/people/%00", "/people//", "/people/../x", "*"])
def test_an_unknown_path_is_refused_as_json(server, path):
    answers = exchange(server.url, request("GET", path))

    assert answers[0].status == 404
    assert "error" in answers[0].json


@pytest.mark.parametrize(
    "body",
    [
        b'{"user_id":"\xff"}',
        b'{"user_id":"\\ud800"}',
        b'{"user_id":NaN}',
        b'{"user_id":"n","session_count":1e999}',
        b"[" * 900,
        b'{"user_id":"n","x":' + b"[" * 400 + b"]" * 400 + b"}",
        b"",
    ],
)
def test_a_body_that_cannot_be_kept_is_refused_as_json(server, body):
    answers = exchange(server.url, request("POST", "/people", body))

    assert answers[0].status == 400
    assert "error" in answers[0].json


def test_a_query_in_no_encoding_finds_nobody(server):
    answers = exchange(server.url, request("GET", "/people?user_id=%FF%FE"))

    assert answers[0].status == 404
    assert answers[0].json == {"error": "there is no person with the user_id '\ufffd\ufffd'"}


def test_a_key_in_no_encoding_opens_a_workspace_of_its_own(server):
    answers = exchange(server.url, request("GET", "/people/all", key="\xff\xfe"))

    assert answers[0].json[0]["total"] == 0


def test_an_upgrade_is_not_followed(server):
    answers = exchange(
        server.url, request("GET", "/_mock/health", b"", "Connection: Upgrade", "Upgrade: websocket")
    )

    assert [answer.status for answer in answers] == [200]


def test_an_old_client_gets_its_answer_and_the_end_of_the_connection(server):
    answers = exchange(server.url, b"GET /_mock/health HTTP/1.0\r\n\r\n")

    assert answers[0].headers["connection"] == "close"


@pytest.fixture(scope="module")
def impatient():
    running = ServerThread(create_app(limits=Limits(idle=1)))
    yield running
    running.stop()


HALVES = [b"GET /_mock/health HTTP/1.1\r\nHos", request("POST", "/people", PERSON)[:-1]]
WHOLE = [b"", request("GET", "/_mock/health")]


@pytest.fixture(scope="module")
def answers_in_time(impatient):
    """What clients get that say something and then nothing more, all at the same time."""
    with ExitStack() as stack:
        connections = {said: stack.enter_context(connected(impatient)) for said in HALVES + WHOLE}
        for said, connection in connections.items():
            connection.sendall(said)
        return {said: responses(received(connection)) for said, connection in connections.items()}


def connected(server):
    """Return a connection to a server."""
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), TIMEOUT)


@pytest.mark.parametrize("begun", HALVES)
def test_a_request_that_does_not_go_on_is_refused(answers_in_time, begun):
    answers = answers_in_time[begun]

    assert [answer.status for answer in answers] == [408]
    assert answers[0].json["error"] == "no data arrived for 1 s within a request"


@pytest.mark.parametrize("said", WHOLE)
def test_a_client_that_says_nothing_more_is_parted_with(answers_in_time, said):
    assert [answer.status for answer in answers_in_time[said]] == [200] * bool(said)


def patience(server):
    """Return the timer that gives up the only client of a server, None if no request has begun."""
    return next(
        (one.patience for one in list(server.server.server_state.connections) if one.unfinished), None
    )


def test_each_piece_of_a_request_that_comes_slowly_starts_the_wait_again():
    running = ServerThread(create_app())
    head, body = request("POST", "/people", PERSON).split(b"{", 1)

    with connected(running) as connection:
        connection.sendall(head)
        first = wait_until(lambda: patience(running))
        connection.sendall(b"{" + body[:5])
        second = wait_until(lambda: (found := patience(running)) is not first and found)
        connection.sendall(body[5:])
        connection.shutdown(socket.SHUT_WR)
        answers = responses(received(connection), "POST")
    running.stop()

    assert (first.cancelled(), second.cancelled()) == (True, True)
    assert [answer.status for answer in answers] == [200]


def test_a_stopped_server_sends_what_a_fault_holds_back():
    running = ServerThread(create_app())
    exchange(running.url, request("PUT", "/_mock/faults", b'{"faults":[{"path":"/people","delay":600}]}'))

    with connected(running) as connection:
        connection.sendall(request("POST", "/people", PERSON))
        wait_until(
            lambda: exchange(running.url, request("GET", "/_mock/faults"))[0].json["faults"][0]["fired"]
        )
        running.stop()
        answers = responses(received(connection))

    assert [answer.status for answer in answers] == [200]


@pytest.fixture
def corked():
    """A corked transport with an answer in two parts written to it, and its event loop."""
    loop = asyncio.new_event_loop()
    corked = Corked(Mock(), loop)
    corked.write(b"head")
    corked.write(b"body")
    yield corked, loop
    loop.close()


def test_an_answer_waits_until_the_calls_at_hand_are_answered(corked):
    transport, _ = corked

    transport.is_closing()

    assert transport.transport.write.mock_calls == []


def test_an_answer_goes_out_as_one_in_the_same_turn_of_the_loop(corked):
    transport, loop = corked

    loop.run_until_complete(asyncio.sleep(0))

    assert transport.transport.write.mock_calls == [call(b"headbody")]


def test_an_answer_goes_out_before_its_connection_closes(corked):
    transport, _ = corked

    transport.close()

    assert transport.transport.mock_calls == [call.write(b"headbody"), call.close()]


def test_letters_of_any_script_in_a_path_and_a_query_find_their_record(server):
    body = '{"people":[{"id":"ü✓","user_id":"日本"}]}'.encode()
    exchange(server.url, request("PUT", "/_mock/state", body, key="letters"))
    paths = ["/people/%C3%BC%E2%9C%93", "/people?user_id=%E6%97%A5%E6%9C%AC"]

    answers = exchange(server.url, *(request("GET", path, key="letters") for path in paths))

    assert (answers[0].json["id"], answers[1].json[0]["people"][0]["id"]) == ("ü✓", "ü✓")


def test_a_query_that_is_sent_without_encoding_finds_its_record():
    app = create_app()
    app.test_client().post("/people", json={"user_id": "ü"}, headers={"Authorization": "Bearer k"})
    environ = environ_of("GET", "/people", QUERY_STRING="user_id=ü".encode().decode("latin-1"))

    _head, body = called(app, environ)

    assert json.loads(body)[0]["total"] == 1


def test_a_state_may_be_longer_than_any_other_body(server):
    people = [{"user_id": f"u{number}", "name": "x" * 200} for number in range(10)]
    state = json.dumps({"people": people}).encode()

    answer = exchange(server.url, request("PUT", "/_mock/state", state, key="long"))[0]

    assert (answer.status, [len(person["name"]) for person in answer.json["people"]]) == (200, [200] * 10)


def test_the_headers_of_a_refusal_and_of_a_fault_go_over_the_wire(server):
    fault = b'{"faults":[{"headers":{"X-Fault":"yes"}}]}'
    exchange(server.url, request("PUT", "/_mock/faults", fault, key="limited"))
    exchange(server.url, request("PUT", "/_mock/rate-limit", b'{"requests":1,"seconds":60}', key="limited"))

    answers = exchange(server.url, *[request("GET", "/people/all", key="limited")] * 2)

    assert [answer.status for answer in answers] == [200, 429]
    assert (answers[0].headers["x-fault"], answers[1].headers["retry-after"]) == ("yes", "60")


@pytest.mark.parametrize("first", [True, False])
def test_head_has_no_body_on_any_wsgi_server(first):
    app = create_app()
    if not first:
        called(app, environ_of("GET", "/people/all"))

    head, body = called(app, environ_of("HEAD", "/people/all"))

    assert (body, head[0]) == (b"", "200 OK")


@pytest.mark.parametrize("first", [True, False])
def test_a_body_shorter_than_announced_is_refused_on_any_wsgi_server(first):
    app = create_app()
    if not first:
        called(app, environ_of("GET", "/people/all"))
    body = {"wsgi.input": BytesIO(PERSON), "CONTENT_LENGTH": "99"}

    head, answer = called(app, environ_of("POST", "/people", **body))

    assert head[0] == "400 BAD REQUEST" if first else "400 Bad Request"
    assert json.loads(answer) == {"error": "the body is shorter than its Content-Length"}


def environ_of(method, path, **more):
    """Return a WSGI environment with a key."""
    return {**EnvironBuilder(path, method=method).get_environ(), "HTTP_AUTHORIZATION": "Bearer k", **more}


def called(app, environ):
    """Return the head and the body that a WSGI application answers."""
    started = []
    body = b"".join(app(environ, lambda *head: started.append(head)))
    return started[0], body
