"""Every shell block of a document runs as printed, with another port and in a folder with sample files."""

import os
import signal
import subprocess
from contextlib import suppress

import pytest

from support.documents import blocks_in, invoke, of_language, simple_commands
from support.ports import own_port

pytestmark = pytest.mark.usefixtures("document_folder")

# The blocks that cannot run here, by their first line. test_documented_commands.py checks their commands.
NOT_RUN = {
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt . && .venv/bin/mock-custify demo": (
        "installs packages; .ci/run runs it in a new clone"
    ),
    "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]' && .venv/bin/pytest": (
        "installs packages and runs all tests; .ci/run runs it in a new clone"
    ),
    "python3 -m venv .venv": "installs packages; .ci/run runs the same",
    "sudo sysctl net.ipv4.ip_unprivileged_port_start=443": "changes the machine",
    "python benchmarks/server.py --before FOLDER --rounds 12 --seconds 3": "a benchmark takes minutes",
    "npm install --prefix FOLDER node@22 emulate@0.12.2 json-server@0.17 wiremock@3.13.2": "needs a network",
    "python benchmarks/server.py --loops --rounds 7 --seconds 2": "a benchmark takes minutes",
    "python benchmarks/replay.py 100000 --equal": "a benchmark takes minutes",
}
OUR_TRANSFORMER = "/v0/destinations/custify?profile=documented"


def is_run(block):
    return not any(block.first_line.partition("  #")[0].strip() == line for line in NOT_RUN)


def test_every_block_that_is_not_run_is_in_a_document():
    assert len([block for block in blocks_in("sh") if not is_run(block)]) == len(NOT_RUN) + 1  # one is twice


@of_language("sh")
def test_a_shell_block_runs(block, document_server):
    if not is_run(block):
        return
    commands = simple_commands(block.text)
    if all(words[0] == "mock-custify" for words in commands):
        for words in commands:
            if words[1] != "serve":  # `document_server` runs instead
                invoke([with_server(word, document_server.url) for word in words[1:]])
    else:
        starts_server = "serve" in block.text
        port = str(own_port()) if starts_server else document_server.url.rpartition(":")[2]
        run_in_bash(block.text, port)


def with_server(word, url):
    """Return a word of a command with the server of this test in place of those of the documents."""
    servers = {
        "http://127.0.0.1:8765": url,
        "https://sandbox.example.com": url,
        "http://127.0.0.1:9090": url + OUR_TRANSFORMER,
    }
    return next((new + word[len(old) :] for old, new in servers.items() if word.startswith(old)), word)


def run_in_bash(text, port):
    """Run shell text with another port and the environment of the tests; curl fails for each refusal."""
    lines = [line for line in text.splitlines() if not line.startswith("python3 -m venv")]
    curl = 'curl() { command curl --fail-with-body --no-progress-meter "$@"; }'
    script = "\n".join([curl, *lines]).replace("8765", port)
    command = ["bash", "-euo", "pipefail", "-c", script]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, start_new_session=True, **pipes) as process:
        try:
            status = process.wait(timeout=120)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)  # the server that the text started
        assert status == 0, process.stdout.read()
