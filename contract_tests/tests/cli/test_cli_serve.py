"""`mock-custify serve` as a process: the ready line, signals, a taken port, open doors."""

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest
import requests
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.cli.serve import serve

COMMAND = [sys.executable, "-m", "mock_custify", "serve"]


@contextmanager
def serving(*options):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, "--port", "0", *options], text=True, **pipes) as process:
        ready = process.stdout.readline()
        try:
            yield process, ready
        finally:
            process.kill()


@pytest.fixture(scope="module")
def with_keys():
    """The ready line of a server that accepts the keys a and b."""
    with serving("--api-key", "a", "--api-key", "b") as (_, ready):
        yield ready


def test_the_first_line_says_where_calls_are_answered(with_keys):
    url = with_keys.removeprefix("mock-custify ready on ").rstrip()

    answer = requests.get(f"{url}/_mock/health", timeout=60)

    assert url.startswith("http://127.0.0.1:")
    assert answer.status_code == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_status_0(number):
    with serving() as (process, _):
        process.send_signal(number)

        status = process.wait(timeout=60)

    assert status == 0


def test_a_taken_port_is_one_clear_line_and_status_2():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        result = CliRunner().invoke(main, ["serve", "--port", port])

    assert result.exit_code == 2
    text = f"cannot listen on 127.0.0.1 port {port}: Address already in use"
    assert result.stderr == f"mock-custify: {text}: stop the other server, or use --port 0\n"


def test_only_the_given_keys_are_accepted(with_keys):
    url = with_keys.split()[-1]

    statuses = [
        requests.get(f"{url}/people/all", headers={"Authorization": f"Bearer {key}"}, timeout=60).status_code
        for key in ("a", "b", "c")
    ]

    assert statuses == [200, 200, 401]


def test_listening_for_other_machines_with_any_key_is_warned_about():
    with serving("--host", "0.0.0.0") as (process, ready):  # noqa: S104 - the warning is the subject
        process.terminate()
        warning = process.stderr.read()

    assert ready.startswith("mock-custify ready on")
    assert "add --api-key" in warning


def test_an_empty_key_is_bad_usage():
    result = CliRunner().invoke(main, ["serve", "--port", "0", "--api-key", " "])

    assert result.exit_code == 2


def test_a_server_with_keys_gives_no_warning_on_any_address():
    with serving("--host", "0.0.0.0", "--api-key", "key") as (process, _):  # noqa: S104 - nobody is let in
        process.terminate()

        assert process.stderr.read() == ""


def test_what_the_command_line_says_of_messages_wins_over_the_seed_file(tmp_path):
    path = tmp_path / "seed.json"
    path.write_text('{"people": [{"user_id": "u1"}], "destination": {"profile": "documented"}}')
    headers = {"Authorization": "Bearer k"}

    with serving("--seed", str(path), "--profile", "production") as (_, ready):
        url = f"{ready.split()[-1]}/_mock"
        settings = requests.get(f"{url}/destination", headers=headers, timeout=60).json()
        state = requests.get(f"{url}/state", headers=headers, timeout=60).json()

    assert (settings["profile"], len(state["people"])) == ("production", 1)


def test_it_listens_on_port_8765_of_this_machine_alone_unless_it_is_told_otherwise():
    defaults = {option.name: option.default for option in serve.params}

    assert (defaults["host"], defaults["port"]) == ("127.0.0.1", 8765)
