"""`transform` and `send` say what to change in a message, with the same hints as the data plane."""

import json

import pytest
from click.testing import CliRunner

from mock_custify import MockCustify
from mock_custify.cli import main
from mock_custify.workspace.messages.refusal_hints import ANONYMOUS, HINTS, IDENTIFY_FIRST, NOBODY

TIME = "2026-01-02T03:04:05.000Z"
TRACK = {"type": "track", "userId": "u1", "event": "Paid", "timestamp": TIME}
NO_TIME = {"type": "track", "userId": "u1", "event": "Paid"}
FIELDS = ["ok", "error", "kind", "status", "line", "requests"]


def lines(*values):
    return "".join(json.dumps(value) + "\n" for value in values)


def transform(*values, options=("--api-key", "k")):
    return CliRunner().invoke(main, ["transform", *options], input=lines(*values))


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        (NO_TIME, "SDKs and the data plane add the time; give the message a timestamp"),
        ({"type": "identify"}, HINTS[NOBODY]),
        ({"type": "identify", "anonymousId": "a1"}, ANONYMOUS),
        ({"userId": "u1"}, "give the message a type: identify, track or group"),
    ],
)
def test_a_refused_message_gets_the_hint_of_the_data_plane_on_stderr(message, hint):
    result = transform(message)

    assert result.stderr == f"hint: line 1: {hint}\n"
    assert (result.exit_code, list(json.loads(result.stdout))) == (1, FIELDS)


def test_a_hint_about_many_lines_is_printed_once():
    result = transform(*[NO_TIME] * 12)

    assert result.stderr.count("\n") == 1
    assert "hint: lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more: SDKs and" in result.stderr


def test_a_missing_key_names_the_option():
    assert "--api-key KEY" in transform({"type": "identify", "userId": "u1"}, options=()).stderr


@pytest.mark.parametrize("profile", ["documented", "production"])
def test_a_key_next_to_the_config_is_named_with_its_place(profile):
    entry = {"message": {"type": "identify", "userId": "u1"}, "destination": {"apiKey": "K"}}

    result = transform(entry, options=("--profile", profile))

    assert result.exit_code == 1
    assert 'apiKey belongs into Config: {"destination": {"Config": {"apiKey": "KEY"}}}' in result.stderr


def test_a_misspelled_setting_in_a_message_is_told_once():
    entry = {
        "message": {"type": "identify", "userId": "u1"},
        "destination": {"Config": {"apiKey": "K", "sendAnonymousID": True, "connectionMode": "cloud"}},
    }

    result = transform(entry, entry, options=())

    text = "there is no setting 'sendAnonymousID': did you mean 'sendAnonymousId'?"
    assert (result.exit_code, result.stderr) == (0, f"mock-custify: line 1: destination.Config: {text}\n")


@pytest.mark.parametrize(
    ("field", "meant", "message"),
    [
        ("userid", "userId", {"type": "identify", "traits": {"email": "a@example.com"}}),
        ("proprties", "properties", TRACK),
        ("groupid", "groupId", {"type": "group", "userId": "u1"}),
        ("Traits", "traits", {"type": "identify", "userId": "u1"}),
        ("anonymous_id", "anonymousId", {"type": "identify", "userId": "u1"}),
    ],
)
def test_a_misspelled_field_is_told_and_not_refused(field, meant, message):
    result = transform({**message, field: {}})

    assert result.exit_code == 0
    assert f"'{field}' is not a known field: did you mean '{meant}'?" in result.stderr
    assert list(json.loads(result.stdout)) == ["ok", "requests"]


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "category",
        "rudderId",
        "request_ip",
        "channel",
        "version",
        "sourceId",
        "context_ip",
        "writeKey",
    ],
)
def test_another_field_is_not_told(field):
    assert transform({**TRACK, field: "x"}).stderr == ""


def test_a_field_beside_the_one_that_it_resembles_is_not_told():
    assert transform({**TRACK, "userid": "u1"}).stderr == ""


def test_send_prints_the_hints_after_its_summary(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines(NO_TIME, TRACK))

    with MockCustify.serve() as server:
        result = CliRunner().invoke(main, ["send", str(path), "--url", server.url, "--api-key", "k"])

    assert result.stderr.splitlines() == [
        "hint: line 1: SDKs and the data plane add the time; give the message a timestamp",
        f"hint: line 2: {IDENTIFY_FIRST}",
    ]


def test_a_replay_gives_the_hints(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(lines(NO_TIME))

    result = CliRunner().invoke(main, ["replay", str(path), "--json", str(tmp_path / "r.json")])

    (refusal,) = json.loads((tmp_path / "r.json").read_text())["refusals"]
    assert refusal["hint"] == HINTS['Missing required value from ["timestamp"']
    assert "SDKs and the data plane add the time" in " ".join(result.stdout.split())
