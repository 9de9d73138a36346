"""What a newcomer does after the first command of the README works: the files in it exist."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.samples import make_shop
from support.paths import ROOT

EXAMPLE = ROOT / "examples" / "messages.jsonl"
README = (ROOT / "README.md").read_text()


def test_the_example_messages_are_those_of_the_demo():
    assert EXAMPLE.read_bytes() == Path(make_shop.__file__).with_name("messages.jsonl").read_bytes()


def test_the_example_messages_have_the_types_that_custify_supports():
    types = Counter(json.loads(line)["type"] for line in EXAMPLE.read_text().splitlines())

    assert {"identify", "track", "group"} <= types.keys()


@pytest.mark.parametrize("command", ["transform", "replay"])
def test_the_files_of_the_commands_in_the_readme_exist(command):
    files = re.findall(rf"`mock-custify {command} ([\w./-]+)", README)

    assert len(files) == 2
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_the_readme_says_how_to_get_a_clone_and_to_activate_the_environment():
    assert "`git clone https://github.com/mock-custify/mock-custify`" in README
    assert "`. .venv/bin/activate`" in README


def test_the_demo_names_the_file_whose_lines_it_counts():
    output = CliRunner().invoke(main, ["demo"]).output

    (name,) = re.findall(r"the messages are the lines of (.*)", output)
    (line,) = re.findall(r"Email or userId is mandatory \(line (\d+)\)", output)
    assert "userId" not in json.loads(Path(name).read_text().splitlines()[int(line) - 1])
