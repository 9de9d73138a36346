"""The command helps with mistakes: suggestions, names of settings, what was sent before Ctrl-C."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
import requests
from click.testing import CliRunner

from mock_custify import MockCustify
from mock_custify.cli.message_input import open_messages
from mock_custify.cli.subcommands import main
from support.waiting import wait_until

RUN = [sys.executable, "-m", "mock_custify"]
# A shell starts a job in the background with SIGINT switched off, and its processes inherit that.
STOPPABLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from mock_custify.cli import main
main()
"""
MESSAGE = '{"type": "identify", "userId": "u1"}\n'


def told(*arguments, **options):
    return CliRunner().invoke(main, arguments, **options)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("sevre", "there is no command 'sevre': did you mean 'serve'?"),
        ("transfrom", "there is no command 'transfrom': did you mean 'transform'?"),
        ("xyz", "there is no command 'xyz': there are serve, transform, send"),
    ],
)
def test_a_mistyped_command_is_answered_with_a_suggestion(name, hint):
    result = told(name)

    assert (result.exit_code, hint in result.output) == (2, True)


@pytest.mark.parametrize(
    ("setting", "meant"),
    [("api_key", "apiKey"), ("sendAnonymousID", "sendAnonymousId"), ("APIKEY", "apiKey")],
)
def test_a_misspelled_setting_is_named_with_the_one_that_was_meant(tmp_path, setting, meant):
    path = tmp_path / "destination.json"
    path.write_text(f'{{"{setting}": "k"}}')

    result = told("transform", "--config", str(path), input=MESSAGE)

    text = f"there is no setting '{setting}': did you mean '{meant}'?"
    assert (result.exit_code, text in result.output) == (2, True)


def test_a_setting_that_does_nothing_here_is_named_and_does_not_stop_the_command(tmp_path):
    path = tmp_path / "destination.json"
    path.write_text('{"apiKey": "k", "somethingElse": 1, "connectionMode": "cloud"}')

    result = told("transform", "--config", str(path), input=MESSAGE)

    assert result.exit_code == 0
    assert "the setting 'somethingElse' does nothing here" in result.output
    assert "connectionMode" not in result.output


@pytest.mark.parametrize("option", ["--url", "--to"])
@pytest.mark.parametrize("command", ["send", "show"])
def test_one_name_of_the_url_works_in_all_commands_and_so_does_the_older_one(tmp_path, command, option):
    (tmp_path / "messages.jsonl").write_text(MESSAGE)
    file = [str(tmp_path / "messages.jsonl")] if command == "send" else []
    with MockCustify.serve() as server:
        result = told(command, *file, option, server.url, "--api-key", "k")

    assert result.exit_code == 0


def test_an_interrupted_send_says_what_was_sent(tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_text("".join(f'{{"type": "identify", "userId": "u{index}"}}\n' for index in range(50)))
    with MockCustify.serve() as server:
        server.fail_next(None, path="/people", delay=600, nth=3)
        options = ["send", str(path), "--url", server.url, "--api-key", server.api_key]
        command = [sys.executable, "-c", STOPPABLE, *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            wait_until(lambda: fired(server))
            process.send_signal(signal.SIGINT)
            output, _ = process.communicate(timeout=60)

    assert process.returncode == 130
    assert output.splitlines()[0] == "sent     2 messages as 2 requests"
    assert output.splitlines()[-1] == "stopped  48 messages were not sent"


def fired(server):
    """Tell whether a call has met the fault: then it waits for its answer."""
    headers = {"Authorization": f"Bearer {server.api_key}"}
    found = requests.get(f"{server.url}/_mock/faults", headers=headers, timeout=60).json()
    return found["faults"][0]["fired"] == 1


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no pseudo terminal")
def test_somebody_at_a_terminal_is_told_what_to_type(monkeypatch, capsys):
    master, terminal = os.openpty()
    os.write(master, b"{}\n\x04")
    with open(terminal, encoding="utf-8") as stdin:  # noqa: PTH123 - a descriptor
        monkeypatch.setattr(sys, "stdin", stdin)
        with open_messages("-"):
            pass
    os.close(master)

    assert "reading messages from the terminal: one JSON message a line" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there is no pseudo terminal")
def test_transform_into_a_file_shows_its_progress_on_the_terminal(tmp_path):
    (tmp_path / "messages.jsonl").write_text(MESSAGE * 20)
    master, terminal = os.openpty()
    with (tmp_path / "out.jsonl").open("wb") as out:
        command = [*RUN, "transform", str(tmp_path / "messages.jsonl")]
        environment = {**os.environ, "TERM": "xterm"}
        subprocess.run(command, stdout=out, stderr=terminal, check=False, env=environment, timeout=60)
    os.close(terminal)

    assert b"transforming" in written(master)
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 20


def written(master):
    """Return all that was written to a pseudo terminal that nobody has open any more."""
    pieces = []
    with suppress(OSError):
        while piece := os.read(master, 10_000):
            pieces.append(piece)
    os.close(master)
    return b"".join(pieces)


def test_errors_use_plain_words_instead_of_those_of_a_library(tmp_path):
    seed = tmp_path / "seed.json"
    seed.write_text('{"faults": [{"status": "abc"}]}')

    result = told("serve", "--seed", str(seed))

    assert "faults[0].status must be a whole number" in result.output
    assert "`" not in result.output
