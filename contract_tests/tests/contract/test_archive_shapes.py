"""`--like`: cases with the shapes of an archive, without any of its values."""

import json
import re

import pytest
from click.testing import CliRunner

from custify_contract.cli.contract import contract
from custify_contract.strategies.archive_shapes import ArchiveShapes, format_of, shape_of
from custify_contract.strategies.byte_choices import ByteChoices
from support.paths import ROOT

SECRET = {
    "type": "Identify",
    "userId": "u-4711",
    "traits": {
        "email": "bob@corp.example",
        "plan": "Enterprise",
        "seats": 12,
        "bob@corp.example": 1,
        "tags": ["x"],
    },
}
PAID = {"type": "track", "userId": "u-4711", "event": "Paid", "timestamp": "2024-01-01T00:00:00Z"}


def learned(*messages):
    shapes = ArchiveShapes()
    shapes.learn(messages)
    return shapes


def test_a_shape_has_keys_and_kinds_and_no_value():
    assert json.loads(next(iter(learned(SECRET).counts))) == {
        "type": "identify",
        "userId": "text 8",
        "traits": {
            "email": "email",
            "plan": "text 32",
            "seats": "integer",
            "key": "integer",
            "tags": ["text 1"],
        },
    }


def test_shapes_are_counted_and_the_most_frequent_comes_first():
    shapes = learned(PAID, {**PAID, "properties": {}}, {**PAID, "event": "Sent", "properties": {}})

    assert [json.loads(shape).keys() >= {"properties"} for shape in shapes.of_type("track")] == [True, False]


def test_other_types_and_values_that_are_no_message_are_not_learned():
    assert not learned({"type": "page"}, "text", None, [], {"type": 5}).counts


def test_a_message_of_a_shape_has_the_same_shape():
    shapes = learned(SECRET)
    (shape,) = shapes.of_type("identify")

    made = shapes.message(shape, ByteChoices(bytes(range(0, 250, 5))))

    assert {**shape_of(made), "type": "identify"} == json.loads(shape)
    assert str(shapes) == "1 of 1 shapes of 1 messages were covered"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a@b.example", "email"),
        ("2024-01-01", "date"),
        ("2024-01-01T00:00:00+02:00", "date"),
        ("https://a.example/x", "url"),
        ("007", "digits"),
        ("", "empty"),
        ("  ", "blank"),
        ("Pro", "text 8"),
        ("x" * 1000, "text 600"),
    ],
)
def test_a_text_is_kept_as_its_format_or_its_length(text, name):
    assert format_of(text) == name


def test_the_command_checks_messages_like_those_of_an_archive_and_prints_no_value(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(map(json.dumps, (SECRET, PAID, {"type": "page"}))))

    result = CliRunner().invoke(contract, ["--like", str(path), "--law", "like", "--examples", "10"])

    assert result.exit_code == 0
    assert "4 of 4 laws hold" in result.output
    assert "2 of 2 shapes of 2 messages were covered" in result.output
    assert not [word for word in ("4711", "corp", "Enterprise") if word in result.output]


def test_an_archive_without_messages_is_a_usage_error(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text('{"type": "page"}')

    result = CliRunner().invoke(contract, ["--like", str(path)])

    assert result.exit_code == 2
    assert "has no identify, track or group" in result.output


def like(*archives):
    options = [word for archive in archives for word in ("--like", str(archive))]
    return CliRunner().invoke(contract, [*options, "--law", "like.identify.requests", "--examples", "1"])


def test_a_folder_of_gzipped_files_is_read_as_replay_reads_it():
    result = like(ROOT / "examples" / "shop-archive")

    assert result.exit_code == 0, result.output
    assert re.search(r"of \d+ shapes of [1-9]\d+ messages", result.output)


def test_a_pattern_and_the_payload_of_an_event_archive_are_read(tmp_path):
    for number in (1, 2):
        line = json.dumps({"userId": "u", "payload": {"batch": [SECRET]}, "writeKey": "w"})
        (tmp_path / f"{number}.jsonl").write_text(line)

    assert "1 of 1 shapes of 2 messages" in like(f"{tmp_path}/*.jsonl").output


def test_several_archives_are_read_together(tmp_path):
    for name, message in (("a.jsonl", SECRET), ("b.jsonl", PAID)):
        (tmp_path / name).write_text(json.dumps(message))

    assert "of 2 shapes of 2 messages" in like(tmp_path / "a.jsonl", tmp_path / "b.jsonl").output


def test_unreadable_lines_are_counted_and_named(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text(f"{json.dumps(SECRET)}\nnot json\n")

    assert f"1 line unreadable\n  {path}:2 is not JSON" in like(path).output


def test_a_missing_archive_is_a_usage_error(tmp_path):
    result = like(tmp_path / "nowhere")

    assert result.exit_code == 2
    assert "there is no such file or folder" in result.output
