"""`mock-custify send`, `show` and `demo`: messages arrive, and a person can see where."""

import json

import pytest
import requests
from click.testing import CliRunner

from mock_custify.app import create_app
from mock_custify.cli import delivery
from mock_custify.cli.group import main
from mock_custify.web.server import ServerThread
from transformer import Destination, transform

GROUP = {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"name": "Acme [bold]"}}
NOBODY = {"type": "identify"}


@pytest.fixture
def server():
    running = ServerThread(create_app())
    yield running
    running.stop()


def invoke(*arguments, messages=()):
    text = "".join(json.dumps(message) + "\n" for message in messages)
    return CliRunner().invoke(main, list(arguments), input=text)


def test_sending_delivers_every_request(server):
    result = invoke("send", "--to", server.url, "--api-key", "k", messages=[GROUP])

    shown = invoke("show", "--url", server.url, "--api-key", "k").stdout
    assert "sent     1 messages as 2 requests" in result.stdout
    assert "1 companies, 1 people, 1 memberships" in shown
    assert result.exit_code == 0


def test_markup_in_a_name_is_shown_as_text(server):
    invoke("send", "--to", server.url, "--api-key", "k", messages=[GROUP])

    shown = invoke("show", "--url", server.url, "--api-key", "k").stdout

    assert "Acme [bold]" in shown


def test_a_refused_message_is_counted_with_its_reason(server):
    result = invoke("send", "--to", server.url, "--api-key", "k", messages=[NOBODY, NOBODY, GROUP])

    assert "refused  2" in result.stdout
    assert "2 x Email or userId is mandatory" in result.stdout
    assert result.exit_code == 1


def test_the_api_key_wins_over_the_one_beside_the_message(server):
    message = {"message": GROUP, "destination": {"Config": {"apiKey": "other"}}}

    invoke("send", "--to", server.url, "--api-key", "mine", messages=[message])

    assert "1 companies" in invoke("show", "--url", server.url, "--api-key", "mine").stdout
    assert "0 companies" in invoke("show", "--url", server.url, "--api-key", "other").stdout


def test_an_answer_that_refuses_is_the_reason(server):
    reserved = {"type": "identify", "userId": "u1", "traits": {"signedUpAt": "yesterday"}}

    result = invoke(
        "send", "--to", server.url, "--api-key", "k", "--profile", "reference", messages=[reserved]
    )

    assert "POST https://api.custify.com/people: 400" in result.stdout
    assert result.exit_code == 1


def test_a_redirect_is_a_refusal_and_is_not_followed(server):
    rule = {"path": "/people", "status": 302, "headers": {"Location": "/_mock/health"}}
    headers = {"Authorization": "Bearer k"}
    requests.put(f"{server.url}/_mock/faults", json={"faults": [rule]}, headers=headers, timeout=10)

    result = invoke("send", "--to", server.url, "--api-key", "k", messages=[GROUP])

    assert "POST https://api.custify.com/people: 302" in result.stdout
    assert result.exit_code == 1


def test_a_custify_that_does_not_answer_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(delivery, "ATTEMPTS", 2)

    result = invoke("send", "--to", "http://127.0.0.1:9", "--api-key", "k", messages=[GROUP])

    assert "http://127.0.0.1:9 does not answer" in result.stderr
    assert result.exit_code == 1


def test_a_target_that_is_no_url_is_bad_usage():
    result = invoke("send", "--to", "localhost", "--api-key", "k", messages=[GROUP])

    assert result.exit_code == 2


def test_a_passing_failure_is_tried_again(server, monkeypatch):
    (request, _) = transform(GROUP, Destination(api_key="k"))
    sender = delivery.Sender(server.url)
    answers = iter([503, 429, 200])
    monkeypatch.setattr(sender.session, "request", lambda *_args, **_options: Answer(next(answers)))

    response = sender.send(request)

    assert (response.status_code, sender.retried) == (200, 2)


class Answer:
    def __init__(self, status_code):
        self.status_code = status_code


def test_the_demonstration_ends_with_who_belongs_where():
    result = invoke("demo")

    assert "3 companies, 3 people, 4 memberships, 2 events" in result.stdout
    assert "Email or userId is mandatory" in result.stdout
    assert result.exit_code == 0


def test_an_event_of_nobody_on_record_is_shown_as_dropped(server):
    track = {"type": "track", "userId": "ghost", "event": "E", "timestamp": "2026-01-01T00:00:00.000Z"}

    invoke("send", "--to", server.url, "--api-key", "k", messages=[track])

    assert "1 events (1 dropped" in invoke("show", "--url", server.url, "--api-key", "k").stdout
