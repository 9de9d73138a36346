"""`mock-custify replay` refuses files that it cannot write, and warns of a useless comparison."""

import json

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.cli.replay import SAME

PERSON = {"type": "identify", "userId": "u1"}


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(PERSON))
    return str(path)


def replay(*options):
    return CliRunner().invoke(main, ["replay", *options])


@pytest.mark.parametrize("option", ["--report", "--json", "--state-out"])
def test_a_file_in_a_missing_folder_is_refused_before_the_archive_is_read(tmp_path, option):
    result = replay("no-archive", option, str(tmp_path / "missing" / "file"))

    assert result.exit_code == 2
    assert f"there is no folder {tmp_path / 'missing'}: create it first" in result.output
    assert "no-archive" not in result.output


def test_a_report_that_cannot_be_written_is_named(archive):
    result = replay(archive, "--report", "/dev/full")

    assert result.exit_code == 2
    assert result.stderr == "mock-custify: /dev/full cannot be written: No space left on device\n"


@pytest.mark.parametrize("margin", ["1", "-0.1", "2"])
def test_a_margin_that_leaves_nothing_is_refused(archive, margin):
    result = replay(archive, "--margin", margin)

    assert result.exit_code == 2
    assert f"--margin {margin}: it must be at least 0 and less than 1, such as 0.2 for 20%" in result.stderr


def test_a_comparison_with_the_same_profile_is_warned_about(archive):
    result = replay(archive, "--against-profile", "documented")

    assert (result.exit_code, result.stderr) == (0, f"{SAME}\n")


def test_a_comparison_with_the_same_settings_is_warned_about(archive, tmp_path):
    settings = tmp_path / "settings.json"
    settings.write_text('{"apiKey": "KEY"}')

    result = replay(archive, "--config", str(settings), "--against-config", str(settings))

    assert result.stderr == f"{SAME}\n"


def test_a_comparison_with_another_profile_has_no_warning(archive):
    assert replay(archive, "--against-profile", "production").stderr == ""
