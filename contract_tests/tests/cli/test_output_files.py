"""A command never writes one file over another that it writes or reads."""

import json
import os

import pytest
from click.testing import CliRunner

from mock_custify.cli import main

MESSAGE = {"type": "identify", "userId": "u1"}


def invoke(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "archive" / "a.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps(MESSAGE) + "\n")
    return path


@pytest.mark.parametrize(
    ("one", "other"), [("--report", "--json"), ("--report", "--state-out"), ("--json", "--state-out")]
)
def test_two_results_of_a_replay_in_one_file_are_refused(archive, tmp_path, one, other):
    file, again = tmp_path / "out", tmp_path / "archive" / ".." / "out"

    result = invoke("replay", archive, one, file, other, again)

    assert result.exit_code == 2
    assert f"{other} and {one} name the same file" in " ".join(result.stderr.split())
    assert not file.exists()


def test_two_reports_of_the_contract_in_one_file_are_refused(tmp_path):
    result = invoke("contract", "--report", tmp_path / "x", "--junit", tmp_path / "x", "--list")

    assert result.exit_code == 2
    assert "--junit and --report name the same file" in " ".join(result.stderr.split())


@pytest.mark.parametrize("output", ["--report", "--json", "--state-out"])
def test_a_result_does_not_overwrite_a_file_of_the_archive(archive, output):
    before = archive.read_bytes()

    result = invoke("replay", archive.parent, output, archive)

    assert (result.exit_code, archive.read_bytes()) == (2, before)
    assert f"would overwrite {archive}, a file of the archive" in " ".join(result.stderr.split())


@pytest.mark.parametrize(("output", "read"), [("--json", "--config"), ("--report", "--against-config")])
def test_a_result_does_not_overwrite_the_settings(archive, tmp_path, output, read):
    config = tmp_path / "config.json"
    config.write_text("{}")

    result = invoke("replay", archive, read, config, output, config)

    assert (result.exit_code, config.read_text()) == (2, "{}")


def test_a_report_does_not_overwrite_the_state(archive, tmp_path):
    state = tmp_path / "state.json"
    state.write_text('{"people": []}')

    assert invoke("replay", archive, "--state", state, "--json", state).exit_code == 2
    assert state.read_text() == '{"people": []}'


def test_a_state_may_be_carried_on_in_its_own_file(archive, tmp_path):
    state = tmp_path / "state.json"
    state.write_text('{"people": []}')

    assert invoke("replay", archive, "--state", state, "--state-out", state).exit_code == 0
    assert len(json.loads(state.read_text())["people"]) == 1


def test_a_device_takes_several_results(archive):
    assert invoke("replay", archive, "--report", os.devnull, "--json", os.devnull).exit_code == 0


@pytest.mark.parametrize("option", ["--report", "--json", "--state-out"])
def test_a_result_is_not_written_to_a_file_named_like_standard_output(archive, option, monkeypatch):
    monkeypatch.chdir(archive.parent)

    result = invoke("replay", archive, option, "-")

    assert result.exit_code == 2
    assert "- is no file" in result.stderr
    assert not (archive.parent / "-").exists()
