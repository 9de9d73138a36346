"""`mock-custify transform`: one output line for each input line, and the exit status."""

import json

import pytest
from click.testing import CliRunner

from mock_custify.cli import main

IDENTIFY = {"type": "identify", "userId": "u1", "traits": {"email": "ann@example.com"}}
DESTINATION = {"Config": {"apiKey": "k"}}


@pytest.fixture
def run():
    return lambda text, *options: CliRunner().invoke(main, ["transform", *options], input=text)


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps({"apiKey": "from-config"}))
    return str(path)


def lines(*values):
    return "".join(json.dumps(value) + "\n" for value in values)


def printed(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_message_with_its_destination_becomes_requests(run):
    result = run(lines({"message": IDENTIFY, "destination": DESTINATION}))

    (line,) = printed(result)
    assert line["ok"] is True
    assert list(line["requests"][0]) == ["method", "endpoint", "headers", "params", "body"]
    assert line["requests"][0]["endpoint"] == "https://api.custify.com/people"
    assert result.exit_code == 0


def test_a_bare_message_takes_the_settings_of_the_configuration(run, config):
    result = run(lines(IDENTIFY), "--config", config)

    assert printed(result)[0]["requests"][0]["headers"]["Authorization"] == "Bearer from-config"


def test_a_bare_message_without_settings_is_a_configuration_error(run):
    result = run(lines(IDENTIFY))

    (line,) = printed(result)
    assert (line["ok"], line["kind"], line["status"], line["requests"]) == (False, "configuration", 400, [])
    assert "apiKey" in line["error"]
    assert result.exit_code == 1


def test_a_refused_message_says_why_and_the_rest_goes_on(run, config):
    result = run(lines({"type": "identify"}, IDENTIFY), "--config", config)

    refused, accepted = printed(result)
    assert refused == {
        "ok": False,
        "error": "Email or userId is mandatory",
        "kind": "instrumentation",
        "status": 400,
        "line": 1,
        "requests": [],
    }
    assert accepted["ok"] is True
    assert result.exit_code == 1


@pytest.mark.parametrize("bad", [b"{", b"\xff\xfe", b"NaN", b'{"a":Infinity}', b"[" * 100_000])
def test_a_line_that_is_not_json_is_named_by_its_number_and_the_rest_goes_on(run, config, bad):
    result = run(lines(IDENTIFY).encode() + bad + b"\n" + lines(IDENTIFY).encode(), "--config", config)

    before, refused, after = printed(result)
    assert (before["ok"], after["ok"]) == (True, True)
    assert (refused["ok"], refused["kind"], refused["line"]) == (False, "input", 2)
    assert "line 2" in refused["error"]
    assert result.exit_code == 1


@pytest.mark.parametrize("value", [5, None, "text", True])
def test_json_that_is_no_message_is_refused(run, config, value):
    result = run(lines(value), "--config", config)

    assert printed(result)[0]["ok"] is False
    assert result.exit_code == 1


def test_production_sends_the_company_of_a_group_it_then_refuses(run, config):
    result = run(lines({"type": "group", "groupId": "g"}), "--config", config, "--profile", "production")

    (line,) = printed(result)
    assert line["error"] == "Email or userId is mandatory"
    assert [request["endpoint"] for request in line["requests"]] == ["https://api.custify.com/company"]


def test_a_byte_order_mark_is_no_mistake(run, config):
    result = run(b"\xef\xbb\xbf" + lines(IDENTIFY).encode(), "--config", config)

    assert printed(result)[0]["ok"] is True


def test_an_empty_line_is_passed_over_and_counted(run, config):
    result = run(f"{lines(IDENTIFY)}\n  \n" + lines({"type": "page"}) + "\n\n", "--config", config)

    assert [(line["ok"], line.get("line")) for line in printed(result)] == [(True, None), (False, 4)]


@pytest.mark.parametrize("content", ["[1]", "{", "null"])
def test_a_configuration_that_is_none_is_bad_usage(run, tmp_path, content):
    path = tmp_path / "bad.json"
    path.write_text(content)

    result = run(lines(IDENTIFY), "--config", str(path))

    assert result.exit_code == 2
    assert "--config" in result.stderr


def test_an_unknown_profile_is_bad_usage(run):
    result = run(lines(IDENTIFY), "--profile", "other")

    assert result.exit_code == 2


@pytest.mark.parametrize("settings", [{"apiKey": "k"}, {"Config": {"apiKey": "k"}}])
def test_a_configuration_is_the_settings_or_a_destination_that_holds_them(run, tmp_path, settings):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(settings))

    result = run(lines(IDENTIFY), "--config", str(path))

    assert printed(result)[0]["requests"][0]["headers"]["Authorization"] == "Bearer k"


def test_the_configuration_is_for_bare_messages_and_those_without_a_destination(run, config):
    beside = {"message": IDENTIFY, "destination": {"Config": {"apiKey": "of-the-line"}}}

    result = run(lines(beside, {"message": IDENTIFY}, IDENTIFY), "--config", config)

    keys = [line["requests"][0]["headers"]["Authorization"] for line in printed(result)]
    assert keys == ["Bearer of-the-line", "Bearer from-config", "Bearer from-config"]


@pytest.mark.parametrize(
    ("messages", "status"),
    [([IDENTIFY], 0), ([{}, IDENTIFY], 1), ([IDENTIFY, {}], 1), ([IDENTIFY, {}, IDENTIFY], 1), ([], 0)],
)
def test_the_exit_status_is_that_of_the_worst_line(run, config, messages, status):
    assert run(lines(*messages), "--config", config).exit_code == status


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_line_that_is_not_json_is_numbered_from_one(run, config, at):
    text = [json.dumps(IDENTIFY)] * 3
    text[at] = "{"

    result = run("\n".join(text), "--config", config)

    assert [line.get("line") for line in printed(result)][at] == at + 1


def test_a_last_line_without_an_end_is_a_line(run, config):
    result = run(lines(IDENTIFY).rstrip(), "--config", config)

    assert [line["ok"] for line in printed(result)] == [True]


def test_a_file_is_read_like_stdin(run, config, tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_text(lines(IDENTIFY, {}))

    from_file = run("", str(path), "--config", config)

    assert from_file.stdout == run(lines(IDENTIFY, {}), "--config", config).stdout


def test_letters_of_any_script_are_printed_as_they_are(run, config):
    message = {**IDENTIFY, "userId": "ü✓", "traits": {"name": "日本"}}

    (line,) = printed(run(lines(message), "--config", config))

    assert (line["requests"][0]["body"]["user_id"], line["requests"][0]["body"]["name"]) == ("ü✓", "日本")


@pytest.mark.parametrize("beside", [{"message": {"type": "track"}}, {"message": "hello", "destination": {}}])
def test_a_line_with_a_type_is_a_bare_message_whatever_else_it_has(run, config, beside):
    (line,) = printed(run(lines({**IDENTIFY, **beside}), "--config", config))

    assert line["requests"][0]["body"]["user_id"] == "u1"
