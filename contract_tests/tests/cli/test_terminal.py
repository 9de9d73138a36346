"""What the command prints: no control characters of others, and no crash on a stream of any encoding."""

import json
import os
import subprocess
import sys
from threading import Thread

import pytest
from click.testing import CliRunner

from mock_custify import MockCustify
from mock_custify.cli import main
from mock_custify.cli.loopback import is_loopback, leads_here, make_session
from mock_custify.cli.terminal import printable

HOSTILE = "a\x1b[31mred\x07\x9b1m\u202egnp\u2028z"
SHOWN = r"a\x1b[31mred\x07\x9b1m\u202egnp\u2028z"
ENCODINGS = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0"},
]


STATUSES = {
    ("--help",): 0,
    ("contract", "--profile", "reference-is-none", "--list"): 2,
    ("contract", "--list"): 0,
    ("contract", "--profile", "production", "--law", "example.group-without-id", "--examples", "5"): 1,
    ("demo",): 0,
    ("show", "--url", "http://127.0.0.1:9/✓日本", "--api-key", "k"): 1,
    ("transform", "✓日本.jsonl"): 2,
}
# Runs each command of its arguments, on streams as they are at the start of a process, and prints its status.
EACH_COMMAND = """
import sys, traceback
from itertools import groupby
from mock_custify.cli import main

fresh = [(stream, stream.errors) for stream in (sys.stdout, sys.stderr)]
for is_end, words in groupby(sys.argv[1:], "END".__eq__):
    if is_end:
        continue
    for stream, errors in fresh:
        stream.reconfigure(errors=errors)
    sys.argv = ["mock-custify", *words]
    status = 0
    try:
        main()
    except SystemExit as end:
        status = end.code or 0
    except BaseException:
        traceback.print_exc()
        status = 1
    print(status, "END", sep="\\n", file=sys.stderr)
"""


def run_python(*arguments, cwd=None, **environment):
    environment = {name: value for name, value in os.environ.items() if name[:3] != "LC_"} | environment
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment,
        timeout=120,
    )


def command(*arguments, cwd=None, **environment):
    return run_python("-m", "mock_custify", *arguments, cwd=cwd, **environment)


def test_control_characters_are_shown():
    assert printable(HOSTILE) == SHOWN
    assert printable("ü\n\t日本 🙂") == "ü\n\t日本 🙂"


def test_show_sends_no_control_character_to_the_terminal():
    with MockCustify.serve() as server:
        server.load({"companies": [{"company_id": "c1", "name": HOSTILE}], "people": [{"user_id": HOSTILE}]})
        result = CliRunner().invoke(main, ["show", "--url", server.url, "--api-key", server.api_key])

    assert result.stdout.count(SHOWN.replace(r"\x07", "")) == 2
    assert "\x1b" not in result.stdout


def test_send_sends_no_control_character_to_the_terminal():
    with MockCustify.serve() as server:
        server.fail_next(400, body=HOSTILE)
        message = json.dumps({"type": "identify", "userId": "u1"})
        result = CliRunner().invoke(
            main, ["send", "--to", server.url, "--api-key", server.api_key], input=message
        )

    assert r"a\x1b[31mred\x9b1m\u202egnp" in result.stdout


def test_an_error_of_show_sends_no_control_character_to_the_terminal():
    with MockCustify.serve() as server:
        result = CliRunner().invoke(main, ["show", "--url", f"{server.url}/x\x1b[2J", "--api-key", "k"])

    assert "\x1b" not in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.fixture(scope="module", params=ENCODINGS, ids=["cp1252", "ascii", "C"])
def ended(request):
    words = [word for arguments in STATUSES for word in (*arguments, "END")]
    result = run_python("-c", EACH_COMMAND, *words, **request.param)
    *texts, _ = result.stderr.split(b"END\n")
    ends = [(int(text.split()[-1]), b"Traceback" in text) for text in texts]
    return dict(zip(STATUSES, ends, strict=True))


@pytest.mark.parametrize("arguments", STATUSES, ids=" ".join)
def test_a_stream_of_any_encoding_is_no_crash(ended, arguments):
    assert ended[arguments] == (STATUSES[arguments], False)


@pytest.mark.parametrize("environment", ENCODINGS, ids=["cp1252", "ascii", "C"])
def test_names_of_any_script_are_no_crash(environment):
    with MockCustify.serve() as server:
        server.load({"companies": [{"company_id": "c1", "name": "日本 ✓"}]})
        result = command("show", "--url", server.url, "--api-key", server.api_key, **environment)

    assert result.returncode == 0
    assert rb"\u65e5\u672c \u2713" in result.stdout


def test_the_contract_leaves_no_file(tmp_path):
    temporary = tmp_path / "temporary"
    work = tmp_path / "work"
    temporary.mkdir()
    work.mkdir()

    result = command(
        "contract",
        "--profile",
        "production",
        "--law",
        "example.*",
        "--examples",
        "5",
        cwd=work,
        TMPDIR=str(temporary),
    )

    assert result.returncode == 1
    assert (list(work.iterdir()), list(temporary.iterdir())) == ([], [])


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST.", "a.localhost", "::1", "[::1]", "::ffff:127.0.0.1"],
)
def test_an_address_of_this_machine_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0.", "10.0.0.1", "example.com", "localhost.example.com", ""])
def test_another_address_is_not(host):
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "url", ["http://0.0.0.0:1/x", "https://[::]:1", "http://localhost", "http://[::1]:8765/a"]
)
def test_a_url_of_this_machine_is_called_directly(url):
    assert leads_here(url)


def test_a_url_that_is_none_leads_nowhere():
    assert not leads_here("http://[")


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_this_machine_is_never_reached_through_a_proxy(name, monkeypatch):
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with MockCustify.serve() as server:
        shown = CliRunner().invoke(main, ["show", "--url", server.url, "--api-key", "k"])
        message = json.dumps({"type": "identify", "userId": "u1"})
        sent = CliRunner().invoke(main, ["send", "--to", server.url, "--api-key", "k"], input=message)

        assert (shown.exit_code, sent.exit_code) == (0, 0)
        assert make_session().get(f"{server.url}/_mock/health").status_code == 200


def test_a_transformer_on_this_machine_is_never_reached_through_a_proxy(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with MockCustify.serve() as server:
        result = CliRunner().invoke(
            main,
            ["contract", "--transformer", server.url, "--law", "identify.phone", "--examples", "2"],
        )

    assert "does not answer" not in result.stderr


def test_other_machines_are_reached_through_the_proxy(monkeypatch):
    requested = []

    def serve(listener):
        connection, _ = listener.accept()
        with connection:
            requested.append(connection.recv(100))
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    import socket  # noqa: PLC0415

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = Thread(target=serve, args=(listener,))
        thread.start()
        assert make_session().get("http://custify.example/x", timeout=5).status_code == 204
        thread.join()

    assert requested[0].startswith(b"GET http://custify.example/x")
