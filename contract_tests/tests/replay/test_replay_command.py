"""`mock-custify replay`: options, output and exit codes."""

import json
import os
import re
import signal
import sys

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.missing_extra import how_to_install
from mock_custify.replay.spool import Spool
from mock_custify.samples.make_shop import write_shop
from support.paths import ROOT
from support.replay_cases import write_lines

PERSON = {"type": "identify", "userId": "u1", "traits": {"sessionCount": 3}}
NOBODY = {"type": "identify", "traits": {"note": "<script>alert(1)</script>"}}
EXAMPLE = ROOT / "examples" / "shop-archive"


@pytest.fixture
def archive(tmp_path):
    return str(write_lines(tmp_path / "archive" / "a.jsonl", [PERSON, NOBODY]))


def invoke(*arguments):
    return CliRunner().invoke(main, ["replay", *map(str, arguments)])


def test_the_report_fits_on_one_screen(archive):
    result = invoke(archive)

    assert result.exit_code == 0
    assert "1 delivered, 1 refused, 0 ignored" in result.stdout
    assert len(result.stdout.splitlines()) < 40


def test_the_documented_example_is_what_the_command_prints(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")

    printed = invoke("examples/shop-archive", "--against-profile", "production").stdout

    shown = "\n".join(line.rstrip() for line in printed.splitlines())
    assert f"```text\n{shown}\n```" in (ROOT / "docs" / "replay.md").read_text()


def test_the_help_ends_with_an_example():
    assert invoke("--help").stdout.rstrip().splitlines()[-1].strip().endswith("replay.html")


@pytest.mark.parametrize(
    ("finding", "status"),
    [("refused", 1), ("divergence", 1), ("race", 0), ("race,refused", 1)],
)
def test_a_finding_fails_the_run_when_it_is_asked_for(archive, finding, status):
    assert invoke(archive, "--fail-on", finding).exit_code == status


def test_a_difference_fails_the_run_when_it_is_asked_for(archive):
    assert invoke(archive, "--against-profile", "production", "--fail-on", "difference").exit_code == 1
    assert invoke(archive, "--against-profile", "documented", "--fail-on", "difference").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["--fail-on", "rain", "{archive}"], "there is no 'rain'"),
        (["--rate", "fast", "{archive}"], "--rate fast: expected CALLS/SECONDS"),
        (["--rate", "100", "{archive}"], "--rate 100: expected CALLS/SECONDS"),
        (["--margin", "1.5", "{archive}"], "--margin 1.5: it must be at least 0 and less than 1"),
        (["--margin", "1", "{archive}"], "--margin 1: it must be at least 0 and less than 1"),
        (["--jobs", "0", "{archive}"], "--jobs"),
        (["--state", "{archive}", "{archive}"], "the state cannot be used"),
        ([], "Missing argument"),
    ],
)
def test_a_mistake_is_one_clear_line_and_status_2(archive, arguments, text):
    result = invoke(*(one.format(archive=archive) for one in arguments))

    assert result.exit_code == 2
    assert text in result.stderr


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("", "the state cannot be used: it is not JSON: "),
        ('{"people": 5}', "the state cannot be used: people must be an array, got 5"),
        ("[]", "the state cannot be used: it must be an object"),
        ('{"persons": []}', "the state has no list such as people"),
    ],
)
def test_a_wrong_state_says_what_is_wrong(archive, tmp_path, state, text):
    (tmp_path / "state.json").write_text(state)

    result = invoke("--state", str(tmp_path / "state.json"), archive)

    assert (result.exit_code, text in result.stderr) == (2, True), result.stderr


def test_an_archive_of_noise_is_status_2_and_says_what_is_wrong(tmp_path):
    (tmp_path / "noise").write_bytes(os.urandom(500).replace(b"\x1f", b"") + b"x")

    result = invoke(tmp_path / "noise")

    assert (result.exit_code, "nothing can be read" in result.stderr) == (2, True)


def test_json_html_and_the_state_are_written(archive, tmp_path):
    names = [tmp_path / name for name in ("r.json", "r.html", "s.json")]

    result = invoke(archive, "--json", names[0], "--report", names[1], "--state-out", names[2])

    assert result.exit_code == 0
    assert json.loads(names[0].read_text())["messages"] == 2
    assert [one["user_id"] for one in json.loads(names[2].read_text())["people"]] == ["u1"]


def test_the_html_report_needs_nothing_from_elsewhere_and_shows_markup_as_text(archive, tmp_path):
    invoke(archive, "--report", tmp_path / "r.html")

    page = (tmp_path / "r.html").read_text()
    assert not re.search(r"(src|href)=|url\(|@import|<script", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("<svg") == 3


def test_the_state_of_one_replay_is_the_start_of_the_next(archive, tmp_path):
    invoke(archive, "--state-out", tmp_path / "s.json")

    result = invoke(archive, "--state", tmp_path / "s.json", "--json", tmp_path / "r.json")

    assert result.exit_code == 0, result.stderr
    report = json.loads((tmp_path / "r.json").read_text())
    assert (report["created"]["people"], report["updated"]["people"]) == (0, 1)


@pytest.mark.parametrize(
    ("module", "arguments", "text"),
    [
        ("ray", ["--engine", "ray"], f"--engine ray needs ray: {how_to_install('ray')}"),
        ("pyarrow.parquet", [], f"Parquet needs pyarrow: {how_to_install('parquet')}"),
        ("fsspec.core", ["s3://bucket/x"], f"s3:// needs fsspec: {how_to_install('s3')}"),
    ],
)
def test_a_missing_extra_is_one_line_that_names_it(tmp_path, monkeypatch, module, arguments, text):
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")

    result = invoke(tmp_path, *arguments)

    assert (result.exit_code, result.stderr) == (2, f"mock-custify: {text}\n")


def test_the_example_archive_is_what_its_script_writes(tmp_path):
    write_shop(tmp_path)

    written = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.gz")}
    assert written == {path.relative_to(EXAMPLE): path.read_bytes() for path in EXAMPLE.rglob("*.gz")}


def test_half_a_surrogate_pair_is_reported_in_every_form(tmp_path):
    (tmp_path / "a").write_bytes(b'{"type": "identify", "userId": "u1", "traits": {"a\\ud800.b": 1}}\n')

    result = invoke(tmp_path, "--json", tmp_path / "r.json", "--report", tmp_path / "r.html")

    assert result.exit_code == 0, result.exception
    assert len(json.loads((tmp_path / "r.json").read_text())["refusals"]) == 1


def test_sigterm_deletes_the_files_that_the_replay_made(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    before = signal.getsignal(signal.SIGTERM)

    def killed(*_):
        assert list((tmp_path / "temporary").iterdir())
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr(Spool, "add", killed)

    result = invoke(archive, "--jobs", 2)

    assert (result.exit_code, result.stderr.strip()) == (1, "Aborted!")
    assert not list((tmp_path / "temporary").iterdir())
    assert signal.getsignal(signal.SIGTERM) == before
