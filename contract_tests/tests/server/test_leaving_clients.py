"""Clients that leave: what they held is free again, and nothing goes on for them."""

import logging
import socket
import struct
import threading
from urllib.parse import urlsplit

import pytest

from mock_custify import create_app
from mock_custify.dashboard import stream
from mock_custify.dashboard.stream import MOST_STREAMS, LiveUpdates
from mock_custify.server.lingering import MOST
from mock_custify.server.server import ServerThread
from support.sockets import received, request, responses

EVENTS = request("GET", "/_mock/ui/events")
PATIENCE = 60


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(stream, "HEARTBEAT", 0.02)
    monkeypatch.setattr(stream, "PAUSE", 0.01)
    running = ServerThread(create_app())
    yield running
    running.stop()


def connected(server):
    """Return a connection to a server."""
    address = urlsplit(server.url)
    return socket.create_connection((address.hostname, address.port), PATIENCE)


def leave(connection, *, abruptly):
    """Close a connection, with a reset where it is abrupt."""
    if abruptly:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.fixture
def closed(monkeypatch):
    """A semaphore that counts the streams that ended."""
    ended = threading.Semaphore(0)
    close = LiveUpdates.close

    def count(updates):
        was_open = updates.slot is not None
        close(updates)
        if was_open:
            ended.release()

    monkeypatch.setattr(LiveUpdates, "close", count)
    return ended


@pytest.mark.parametrize("abruptly", [True, False])
@pytest.mark.parametrize("pipelined", [EVENTS, EVENTS * 2, EVENTS * 5, EVENTS + b"garbage\r\n\r\n"])
def test_a_client_of_live_updates_that_leaves_gives_its_place_back(server, closed, pipelined, abruptly):
    with connected(server) as connection:
        connection.sendall(pipelined)
        connection.recv(1000)
        leave(connection, abruptly=abruptly)

    assert closed.acquire(timeout=PATIENCE)
    free = server.server.adapter.application.extensions["mock_custify_streams"].free
    assert [free.acquire(blocking=False) for _ in range(MOST_STREAMS)] == [True] * MOST_STREAMS


def test_nothing_is_logged_for_clients_of_live_updates_that_leave(server, closed, caplog):
    with caplog.at_level(logging.DEBUG, "asyncio"):
        for _ in range(8):
            with connected(server) as connection:
                connection.sendall(EVENTS * 2)
                connection.recv(1000)
            assert closed.acquire(timeout=PATIENCE)

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_head_takes_no_place_of_live_updates(server):
    for _ in range(MOST_STREAMS + 1):
        with connected(server) as connection:
            connection.sendall(request("HEAD", "/_mock/ui/events", b"", "Connection: close"))
            answers = responses(received(connection), "HEAD")

    assert [answer.status for answer in answers] == [200]


def held(server):
    """Return how many connections a server has, once all that arrived is read."""
    with connected(server) as connection:
        connection.sendall(request("GET", "/_mock/health", b"", "Connection: close"))
        received(connection)
    return len(server.server.server_state.connections)


def test_a_malformed_request_holds_nothing_once_its_client_has_left(server):
    for _ in range(30):
        with connected(server) as connection:
            connection.sendall(b"garbage\r\n\r\n")
            received(connection)

    assert held(server) <= 2


def test_few_connections_wait_for_a_client_to_leave_after_a_malformed_request(server):
    open_ones = [connected(server) for _ in range(MOST + 40)]
    for connection in open_ones:
        connection.sendall(b"garbage\r\n\r\n")
        connection.recv(1000)

    assert held(server) <= MOST + 2
    for connection in open_ones:
        connection.close()
