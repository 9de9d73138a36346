"""`serve` and who may call it: host names and keys."""

import socket
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from support.sockets import received, request, responses


@contextmanager
def serving(*options):
    """Run `serve` on a free port; give its URL."""
    command = [sys.executable, "-m", "mock_custify", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process.stdout.readline().rpartition(" ")[2].strip()
        finally:
            process.terminate()


def status_of(url, host, key="k"):
    """Return the status that a server gives to a call with a Host header."""
    with socket.create_connection(("127.0.0.1", urlsplit(url).port), 10) as connection:
        call = request("GET", "/people/all", b"", "Connection: close", key=key)
        connection.sendall(call.replace(b"Host: x", f"Host: {host}".encode()))
        return responses(received(connection))[0].status


@pytest.mark.parametrize(
    ("options", "statuses"),
    [
        ([], [200, 403, 403]),
        (["--allow-host", "Fake.Test", "--allow-host", "other.test"], [200, 200, 403]),
        (["--host", "0.0.0.0"], [200, 200, 200]),  # noqa: S104 - the names are the subject
    ],
)
def test_the_names_that_a_server_answers_to_can_be_given(options, statuses):
    with serving(*options) as url:
        answers = [status_of(url, host) for host in ("localhost", "fake.test:8765", "evil.example")]

    assert answers == statuses


def test_blanks_around_a_key_of_the_command_line_are_no_part_of_it():
    with serving("--api-key", " secret ") as url:
        answers = [status_of(url, "localhost", key) for key in ("secret", " secret", "other")]

    assert answers == [200, 200, 401]
