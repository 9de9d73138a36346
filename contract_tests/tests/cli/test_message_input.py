"""The forms in which `transform` and `send` read messages."""

import gzip
import json

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.cli.message_input import read_messages

ONE = {"type": "identify", "userId": "u1"}
TWO = {"type": "identify", "userId": "u2"}
THREE = {"type": "identify", "userId": "u3", "traits": {"list": ["x,]", {}, "{"]}}
ALL = [ONE, TWO, THREE]
JSON_LINES = "".join(json.dumps(message) + "\n" for message in ALL)
FORMS = {
    "lines": JSON_LINES,
    "lines with blank ones": JSON_LINES.replace("\n", "\n \n\n"),
    "lines with CRLF": JSON_LINES.replace("\n", "\r\n"),
    "lines after a byte order mark": f"\ufeff{JSON_LINES}",
    "an array": json.dumps(ALL),
    "an array over several lines": json.dumps(ALL, indent=2),
    "an array with a message a line": "[\n" + ",\n".join(map(json.dumps, ALL)) + "\n]",
    "an array with commas at the beginning": "[" + "\n,".join(map(json.dumps, ALL)) + "]",
    "a batch": json.dumps({"batch": ALL, "sentAt": "x"}),
    "a batch over several lines": json.dumps({"sentAt": "x", "batch": ALL}, indent=1),
    "messages over several lines": "\n".join(json.dumps(message, indent=4) for message in ALL),
    "two arrays": f"{json.dumps(ALL[:1])}\n{json.dumps(ALL[1:], indent=2)}",
}


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.json"
    path.write_text('\ufeff{"apiKey": "k"}', encoding="utf-8")
    return str(path)


def transformed(content, *options):
    content = content if isinstance(content, bytes) else content.encode()
    return CliRunner().invoke(main, ["transform", *options], input=content)


def people(result):
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [line["requests"][0]["body"]["user_id"] if line["ok"] else line["line"] for line in lines]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())], ids=["", "gzip"])
def test_every_form_gives_the_same_messages(form, pack, config):
    result = transformed(pack(form), "--config", config)

    assert (people(result), result.exit_code) == (["u1", "u2", "u3"], 0)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('\n\n{"a":1}\n\n{"b":2}', [3, 5]),
        ('[\n{"a":1},\n\n{"b":2}]', [2, 4]),
        ('{\n"a":1\n}\n{\n"b":2\n}', [1, 4]),
        ('[{"a":1},{"b":2}]', [1, 1]),
    ],
)
def test_a_message_has_the_number_of_the_line_that_it_begins_in(text, numbers, tmp_path):
    path = tmp_path / "x"
    path.write_text(text)
    with path.open("rb") as file:
        assert [message.line for message in read_messages(file)] == numbers


@pytest.mark.parametrize(
    "bad", ['{"a":', '{"a": 1,', "[1, {", '{"a', "oops", "]", "}", '{"a":1}}', '{"a":[1}', '{"a":oops', '"']
)
def test_one_bad_line_costs_no_other(bad, config):
    result = transformed(
        f"{json.dumps(ONE)}\n{bad}\n{json.dumps(TWO)}\n{json.dumps(THREE)}\n", "--config", config
    )

    kept = [name for name in people(result) if isinstance(name, str)]
    assert (kept, result.exit_code) == (["u1", "u2", "u3"], 1)
    assert 2 in people(result)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('[{"type":"identify","userId":"u1"},\n', "line 1 is not JSON: the array does not end"),
        ('{\n"type": "identify",\n', "line 1 is not JSON: the value that begins on this line does not end"),
    ],
)
def test_an_end_that_is_missing_is_named(text, error, config):
    result = transformed(text, "--config", config)

    assert json.loads(result.stdout.splitlines()[-1])["error"] == error


def test_gzip_that_is_cut_off_gives_what_is_whole_and_says_so(config, tmp_path):
    path = tmp_path / "messages.gz"
    text = "".join(json.dumps({**ONE, "userId": f"u{number * 7919}"}) + "\n" for number in range(5000))
    path.write_bytes(gzip.compress(text.encode())[:-2000])

    result = transformed("", str(path), "--config", config)

    *whole, last = map(json.loads, result.stdout.splitlines())
    assert len([line for line in whole if line["ok"]]) > 100
    assert "the gzip data ends too early: the file is cut off" in last["error"]
    assert result.exit_code == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_refused_with_a_hint(encoding, config):
    result = transformed(JSON_LINES.encode(encoding), "--config", config)

    assert result.stderr.startswith("mock-custify: stdin is UTF-16: convert it")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize("command", ["transform", "send"])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "cannot be read: No such file or directory"),
        ("folder", "cannot be read: it is a folder: name a file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a binary file: give JSON lines"),
        (b"PK\x03\x04 zip", "is a binary file: give JSON lines"),
        (gzip.compress(b"\0\1\2\0\3", mtime=0), "is a binary file"),
    ],
)
def test_what_holds_no_messages_is_one_clear_line(command, content, text, tmp_path):
    path = tmp_path / "input"
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    options = ["--to", "http://127.0.0.1:9", "--api-key", "k"] if command == "send" else []

    result = CliRunner().invoke(main, [command, str(path), *options])

    assert f"mock-custify: {path} {text}" in result.stderr
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_messages_are_read_one_by_one():
    class Endless:
        def __init__(self):
            self.read = 0

        def readline(self):
            return next(self)

        def __iter__(self):
            return self

        def __next__(self):
            self.read += 1
            return b'{"type":"identify"},\n' if self.read > 1 else b"[\n"

    file = Endless()
    messages = read_messages(file)
    for _ in range(3):
        next(messages)

    assert file.read == 4


def test_the_api_key_of_the_command_wins(config):
    result = transformed(JSON_LINES, "--config", config, "--api-key", "mine")

    headers = [json.loads(line)["requests"][0]["headers"] for line in result.stdout.splitlines()]
    assert {header["Authorization"] for header in headers} == {"Bearer mine"}
