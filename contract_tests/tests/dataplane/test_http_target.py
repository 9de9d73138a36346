"""Delivery over HTTP: one deadline for a whole exchange, and a bounded answer."""

from contextlib import contextmanager, suppress
from itertools import repeat
from socket import create_server
from threading import Event, Thread

import pytest

from custify_transformer import Destination, transform
from mock_custify.dataplane.delivery.http_target import LARGEST_ANSWER, HttpTarget
from support.delivery_cases import CustifyServer, identify

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
(REQUEST,) = transform(identify("u1"), Destination("k"))


@contextmanager
def sending(head, pieces, pause):
    """Yield the URL of a server that answers each connection with a head and then with pieces."""
    over = Event()

    def answer(connection):
        with connection, suppress(OSError):
            connection.recv(65_536)
            connection.sendall(head)
            for piece in pieces:
                if over.wait(pause):
                    return
                connection.sendall(piece)

    def serve():
        while not over.is_set():
            try:
                connection, _ = server.accept()
            except OSError:
                return
            Thread(target=answer, args=(connection,), daemon=True).start()

    with create_server(("127.0.0.1", 0)) as server:
        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        over.set()


@pytest.mark.parametrize("head", [HEAD, b"HTTP/1.1 200 OK\r\nX-Slow: "])
def test_an_answer_that_comes_byte_by_byte_is_given_up_in_time(head):
    with sending(head, repeat(b"x"), 0.02) as url:
        response = HttpTarget(url, timeout=0.3).send(REQUEST)

    assert (response.status, response.error) == (504, "there was no whole answer within 0.3 seconds")


def test_a_long_answer_is_read_in_part():
    size = 5 * LARGEST_ANSWER
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode()

    with sending(head, [b"x" * 65_536] * 80, 0) as url:
        target = HttpTarget(url)
        responses = [target.send(REQUEST) for _ in range(2)]

    assert [(found.status, len(found.body)) for found in responses] == [(200, LARGEST_ANSWER)] * 2


def test_a_connection_is_used_again():
    with CustifyServer() as other:
        other.server.RequestHandlerClass.protocol_version = "HTTP/1.1"
        target = HttpTarget(other.url)
        target.send(REQUEST)
        first = target.connection()
        target.send(REQUEST)

        second = target.connection()
        target.close()

    assert (second is first, len(other.asked)) == (True, 2)


def test_a_connection_that_the_other_side_closed_is_replaced():
    with CustifyServer() as other:
        target = HttpTarget(other.url)

        statuses = [target.send(REQUEST).status for _ in range(3)]

    assert statuses == [200, 200, 200]


def test_nobody_there_is_no_answer():
    with create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"

    response = HttpTarget(url).send(REQUEST)

    assert response.status == 504
    assert "refused" in response.error
