"""Numbers of the report that were wrong when they were counted by hand."""

import json

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.replay import replay
from mock_custify.replay.fold.plan import records_of
from mock_custify.replay.terminal import duration
from mock_custify.workspace.clock import Clock
from support.replay_cases import write_lines

TIME = "2026-01-02T03:04:05.000Z"
HOSTILE = "\x1b[31mred\x9b\u202e" * 4


@pytest.fixture
def archive(tmp_path):
    def write(*messages):
        return write_lines(tmp_path / "messages.jsonl", messages)

    return write


def command(*arguments):
    return CliRunner().invoke(main, ["replay", *map(str, arguments)])


def people(count):
    return ({"type": "identify", "userId": f"u{number}"} for number in range(count))


@pytest.mark.parametrize(
    ("rate", "margin", "seconds"),
    [("10/1", 0.8, 50), ("10/1", 0.9, 100), ("1/1", 0.5, 200), ("10/1", 0.25, 13), ("100/10", 0.2, 10)],
)
def test_the_margin_is_left_exactly(archive, rate, margin, seconds):
    report = replay(archive(*people(101)), rate=rate, margin=margin)

    assert report.seconds_with_margin == seconds


def test_message_ids_that_are_numbers_are_duplicates_too(archive):
    messages = [{"type": "page", "messageId": one} for one in (5, 5, "5", 7, None, None, "", "", True, True)]

    assert replay(archive(*messages)).duplicates == 2


def test_a_setting_of_one_is_another_setting_than_true(archive):
    path = archive({"type": "identify", "anonymousId": "a1"})

    report = replay(path, config={"sendAnonymousId": True}, against_config={"sendAnonymousId": 1})

    assert report.difference.people.lost == 1
    assert [one.cause for one in report.causes] == ["setting sendAnonymousId"]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("yes", "documented reads it as off, production as on"),
        ("false", "documented reads it as off, production as on"),
        (1, "documented reads it as off, production as on"),
        (0, "documented reads it as off, production as off"),
        ("true", "documented reads it as on, production as on"),
    ],
)
@pytest.mark.parametrize("setting", ["sendAnonymousId", "enablededuplication"])
def test_a_switch_of_another_type_is_named_with_what_the_profiles_read(
    archive, tmp_path, setting, value, read
):
    config = tmp_path / "config.json"
    config.write_text(json.dumps({setting: value}))

    result = command(archive(*people(1)), "--config", config)

    assert f"{setting} is {json.dumps(value)}, which is neither true nor false: {read}" in result.stderr


def test_a_switch_that_is_read_as_off_gets_the_hint_to_turn_it_on(archive):
    report = replay(archive({"type": "identify", "anonymousId": "a1"}), config={"sendAnonymousId": "yes"})

    assert report.refusals[0].hint.startswith("turn on sendAnonymousId")


def test_control_characters_cut_no_text_off_on_the_terminal(archive, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    printed = command(archive({"type": "identify", "userId": "u1", "traits": {f"a.{HOSTILE}": 1}})).stdout

    assert "a name must not contain a dot" in " ".join(printed.split())


def test_the_html_report_has_no_control_characters(archive, tmp_path):
    page = tmp_path / "report.html"
    messages = [{"type": "group", "userId": HOSTILE, "groupId": HOSTILE, "traits": {HOSTILE: 1}}]

    command(archive(*messages), "--report", page)

    assert not {"\x1b", "\x9b", "\u202e"} & set(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("names", ["", ",", " , "])
def test_fail_on_nothing_is_refused(archive, names):
    result = command(archive(*people(1)), "--fail-on", names)

    assert result.exit_code == 2
    assert "--fail-on must not be empty" in " ".join(result.stderr.split())


def test_the_terminal_has_the_rows_the_unknown_people_and_the_limits(archive, tmp_path):
    person, event = {"type": "identify", "userId": "u1"}, {"type": "track", "event": "E", "timestamp": TIME}
    state = tmp_path / "state.json"
    state.write_text('{"people": [{"user_id": "u1"}], "companies": [{"company_id": "g1"}]}')
    messages = [
        {"type": "group", "userId": "u1", "groupId": "g1"},
        {"type": "group", "userId": "u2", "groupId": "g2"},
        {**person, "context": {"traits": {"company": {"id": "g1", "remove": True}}}},
        {**event, "userId": "nobody"},
        {**event, "properties": {"company_id": "nothing"}},
        {**person, "traits": {"note": "x" * 256}},
    ]

    printed = " ".join(command(archive(*messages), "--state", state).stdout.split())

    assert "existing person-company: no-no 1 added, yes-yes 1 added, identify 1 removed" in printed
    assert (
        "by type group 2 delivered, 0 refused; identify 1 delivered, 1 refused; track 0 delivered" in printed
    )
    assert "unknown 1 event of unknown people" in printed
    assert "above limits 1 message refused for 1 limit" in printed


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (119, "119 seconds"),
        (120, "2 minutes"),
        (150, "2.5 minutes"),
        (7190, "120 minutes"),
        (9000, "2.5 hours"),
    ],
)
def test_two_times_that_differ_by_the_margin_are_not_printed_alike(seconds, text):
    assert duration(seconds) == text


def test_a_state_without_times_ends_the_same_in_each_run(archive, tmp_path, monkeypatch):
    state = {"people": [{"user_id": "u1"}], "tags": [{"name": "vip", "category": "people"}]}
    path = archive(*people(3))
    outputs = []
    for day in ("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"):
        monkeypatch.setattr(Clock, "stamp", lambda _clock, day=day: day)
        records_of.cache_clear()
        replay(path, state=state, state_out=tmp_path / "out.json")
        outputs.append((tmp_path / "out.json").read_bytes())

    assert outputs[0] == outputs[1]


def test_messages_that_rudderstack_holds_back_are_counted(archive):
    person = {"type": "identify", "userId": "u1"}
    messages = [
        person,
        {**person, "integrations": {"All": True}},
        {**person, "integrations": {"All": False}},
        {**person, "integrations": {"All": True, "Custify": False}},
        {**person, "integrations": {"All": False, "Custify": True}},
        {"type": "page", "integrations": {"All": False}},
    ]
    path = archive(*messages)

    report = replay(path)

    assert (report.left_out, report.delivered) == (2, 5)
    assert "2 messages leave Custify out" in command(path).stdout
