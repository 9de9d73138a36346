"""`mock-custify send`, `show` and `demo`: messages arrive, and a person can see where."""

import json

import pytest
import requests
from click.testing import CliRunner

from custify_transformer import Destination, transform
from mock_custify import MockCustify
from mock_custify.app import create_app
from mock_custify.cli import main, sender
from mock_custify.server.server import ServerThread

GROUP = {"type": "group", "userId": "u1", "groupId": "g1", "traits": {"name": "Acme [bold]"}}
IDENTIFY = {"type": "identify", "userId": "u1"}
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
    assert "sent     1 message as 2 requests" in result.stdout
    assert "1 company, 1 person, 1 membership" in shown
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

    assert "1 company" in invoke("show", "--url", server.url, "--api-key", "mine").stdout
    assert "0 companies" in invoke("show", "--url", server.url, "--api-key", "other").stdout


def test_an_answer_that_refuses_is_the_reason(server):
    reserved = {"type": "identify", "userId": "u1", "traits": {"signedUpAt": "yesterday"}}

    result = invoke(
        "send", "--to", server.url, "--api-key", "k", "--profile", "production", messages=[reserved]
    )

    assert "1 x POST /people: 400" in result.stdout
    assert result.exit_code == 1


def test_an_answer_that_is_a_page_is_one_line_of_the_summary(monkeypatch):
    monkeypatch.setattr(sender.Sender, "send", lambda *_: StubAnswer(404, "<html>\n  <p>nobody"))

    result = invoke("send", "--to", "http://127.0.0.1:9", "--api-key", "k", messages=[GROUP])

    assert "1 x POST /company: 404 <html> <p>nobody (line 1)\n" in result.stdout


def test_a_redirect_is_a_refusal_and_is_not_followed(server):
    rule = {"path": "/people", "status": 302, "headers": {"Location": "/_mock/health"}}
    headers = {"Authorization": "Bearer k"}
    requests.put(f"{server.url}/_mock/faults", json={"faults": [rule]}, headers=headers, timeout=10)

    result = invoke("send", "--to", server.url, "--api-key", "k", messages=[GROUP])

    assert "1 x POST /people: 302" in result.stdout
    assert result.exit_code == 1


def test_a_custify_that_does_not_answer_is_one_clear_line(monkeypatch):
    monkeypatch.setattr(sender, "sleep", lambda _: None)

    result = invoke("send", "--to", "http://127.0.0.1:9", "--api-key", "k", messages=[GROUP])

    assert "http://127.0.0.1:9 does not answer" in result.stderr
    assert result.exit_code == 1


def test_a_target_that_is_no_url_is_bad_usage():
    result = invoke("send", "--to", "localhost", "--api-key", "k", messages=[GROUP])

    assert result.exit_code == 2


def test_a_passing_failure_is_tried_again(server, monkeypatch):
    (request, _) = transform(GROUP, Destination(api_key="k"))
    sending = sender.Sender(server.url)
    answers = iter([503, 429, 200])
    monkeypatch.setattr(sending.session, "request", lambda *_args, **_options: StubAnswer(next(answers)))

    response = sending.send(request)

    assert (response.status_code, sending.retried) == (200, 2)


class StubAnswer:
    def __init__(self, status_code, text=""):
        self.status_code = status_code
        self.text = text


def test_the_demonstration_ends_with_who_belongs_where():
    result = invoke("demo")

    assert "3 companies, 3 people, 4 memberships, 2 events" in result.stdout
    assert "Email or userId is mandatory" in result.stdout
    assert result.exit_code == 0


def test_an_event_of_nobody_on_record_is_shown_as_dropped(server):
    track = {"type": "track", "userId": "ghost", "event": "E", "timestamp": "2026-01-01T00:00:00.000Z"}

    invoke("send", "--to", server.url, "--api-key", "k", messages=[track])

    assert "1 event (1 dropped" in invoke("show", "--url", server.url, "--api-key", "k").stdout


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"Config": {"apiKey": "of-config"}}))
    return str(path)


@pytest.fixture
def fake():
    with MockCustify.serve() as running:
        yield running


def test_the_key_of_the_configuration_is_used_unless_another_is_given(fake, config):
    invoke("send", "--to", fake.url, "--config", config, messages=[IDENTIFY])
    invoke("send", "--to", fake.url, "--config", config, "--api-key", "mine", messages=[IDENTIFY])

    assert len(fake.with_key("of-config").requests) == 1
    assert len(fake.with_key("mine").requests) == 1


@pytest.mark.parametrize(
    ("messages", "status"), [([IDENTIFY, NOBODY], 1), ([NOBODY, IDENTIFY], 1), ([IDENTIFY], 0)]
)
def test_the_exit_status_of_sending_is_1_when_any_message_was_refused(fake, messages, status):
    result = invoke("send", "--to", f"{fake.url}/", "--api-key", "k", messages=messages)

    assert result.exit_code == status
    assert len(fake.with_key("k").people) == 1


def test_the_summary_counts_what_was_sent_refused_and_tried_again(fake):
    custify = fake.with_key("k")
    custify.fail_next(503, path="/company")

    result = invoke("send", "--to", fake.url, "--api-key", "k", messages=[GROUP, NOBODY, IDENTIFY])

    assert result.stdout.splitlines() == [
        "sent     2 messages as 3 requests",
        "refused  1",
        "         1 x Email or userId is mandatory (line 2)",
        "retried  1 request",
    ]


def test_a_message_whose_company_is_refused_sends_no_person(fake):
    custify = fake.with_key("k")
    custify.fail_next(400, path="/company")

    result = invoke("send", "--to", fake.url, "--api-key", "k", messages=[GROUP, IDENTIFY])

    assert ([call.path for call in custify.requests], result.exit_code) == (["/company", "/people"], 1)


def test_production_delivers_the_company_of_a_group_and_counts_the_message_as_refused(fake):
    group = {"type": "group", "groupId": "g"}

    result = invoke("send", "--to", fake.url, "--api-key", "k", "--profile", "production", messages=[group])

    assert [company.company_id for company in fake.with_key("k").companies] == ["g"]
    assert ("refused  1" in result.stdout, result.exit_code) == (True, 1)


@pytest.mark.parametrize(
    ("status", "attempts"), [(408, 2), (429, 2), (500, 2), (503, 2), (400, 1), (404, 1), (499, 1)]
)
def test_only_what_may_pass_is_tried_again(fake, status, attempts):
    custify = fake.with_key("k")
    custify.fail_next(status)

    invoke("send", "--to", fake.url, "--api-key", "k", messages=[IDENTIFY])

    assert [call.status for call in custify.requests] == [status, 200][:attempts]


def test_a_failure_that_does_not_pass_is_given_up_after_five_attempts(fake, monkeypatch):
    waits = []
    monkeypatch.setattr(sender, "sleep", waits.append)
    custify = fake.with_key("k")
    custify.fail_next(503, times=9)

    result = invoke("send", "--to", fake.url, "--api-key", "k", messages=[IDENTIFY])

    assert (len(custify.requests), "retried  4 requests" in result.stdout) == (5, True)
    assert waits == [0.1, 0.2, 0.4, 0.8]


def test_the_tree_shows_a_person_under_each_of_their_companies(fake):
    links = [{"company_id": "g1"}, {"company_id": "g2"}]
    companies = [{"company_id": "g1", "name": "One"}, {"company_id": "g2", "name": "Two"}]
    people = [{"user_id": "u1", "name": "Ann", "companies": links}, {"user_id": "u2", "name": "Bob"}]
    fake.with_key("k").load({"people": people, "companies": companies})

    shown = invoke("show", "--url", fake.url, "--api-key", "k").stdout

    words = [line.translate(dict.fromkeys(map(ord, "├─└│"))).strip() for line in shown.splitlines()]
    assert words[1:] == ["One g1", "Ann u1", "Two g2", "Ann u1", "people without a company", "Bob u2"]
