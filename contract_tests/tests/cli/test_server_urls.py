"""The URL of a server in an option: the URL of a call is refused, and a server that is not there is named."""

import pytest
from click.testing import CliRunner

from mock_custify.cli import main, sender

IDENTIFY = '{"type": "identify", "userId": "u1"}\n{"type": "identify", "userId": "u2"}\n'
COMMANDS = {
    "send": ["send", "--api-key", "k", "--url"],
    "send --to": ["send", "--api-key", "k", "--to"],
    "show": ["show", "--api-key", "k", "--url"],
    "serve": ["serve", "--port", "0", "--deliver-to"],
}


def told(*arguments):
    return CliRunner().invoke(main, arguments, input=IDENTIFY)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "path", ["/v1/batch", "/v1/", "/people", "/custify/company", "/_mock/ui/", "/?a=1", "/#/live"]
)
def test_the_url_of_a_call_is_refused(command, path):
    result = told(*COMMANDS[command], f"http://127.0.0.1:9{path}")

    assert result.exit_code == 2
    assert "give the address of the server only, such as http://127.0.0.1:9" in result.stderr


def test_a_prefix_of_a_server_is_no_call(monkeypatch):
    monkeypatch.setattr(sender, "sleep", lambda _: None)

    assert "does not answer" in told(*COMMANDS["send"], "http://127.0.0.1:9/custify").stderr


def test_a_dead_port_says_that_nothing_was_sent(monkeypatch):
    monkeypatch.setattr(sender, "sleep", lambda _: None)

    result = told(*COMMANDS["send"], "http://127.0.0.1:9")

    assert (result.exit_code, result.stderr.endswith("; nothing was sent\n")) == (1, True)


@pytest.mark.parametrize("command", ["send", "show"])
def test_the_help_has_both_names_of_the_option(command):
    assert "--url, --to" in told(command, "--help").stdout


def test_the_help_says_the_status_of_a_dead_port():
    help_text = " ".join(told("send", "--help").stdout.split())

    assert "1 if some were refused or no Custify answers at the URL" in help_text
