"""`mock-custify replay` for a newcomer: no key is needed, and each line and error says what it is about."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from mock_custify.replay import ReplayError, replay
from support.replay_cases import write_lines

PERSON = {"type": "identify", "userId": "u1"}
VISITOR = {"type": "identify", "anonymousId": "a1"}
PAGE = {"type": "page", "userId": "u1"}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Return the current folder, with an archive and two files of settings without a key."""
    write_lines(tmp_path / "a.jsonl", [PERSON, VISITOR, PAGE])
    (tmp_path / "now.json").write_text('{"sendAnonymousId": false}')
    (tmp_path / "then.json").write_text('{"sendAnonymousId": true}')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def invoke(*arguments):
    return CliRunner().invoke(main, ["replay", "a.jsonl", *arguments])


def report_of(*arguments):
    result = invoke(*arguments, "--json", "r.json", "--report", "r.html")
    assert result.exit_code == 0, result.stderr
    return json.loads(Path("r.json").read_text()), Path("r.html").read_text(), result.stdout


@pytest.mark.parametrize("options", [["--config", "then.json"], ["--against-config", "then.json"]])
@pytest.mark.usefixtures("here")
def test_settings_without_a_key_refuse_no_message_for_it(options):
    report, _, output = report_of(*options)

    assert report["delivered"] >= 1
    assert "apiKey" not in output


@pytest.mark.parametrize("key", ["", "  "])
def test_an_empty_key_is_shown_as_a_mistake(here, key):
    (here / "now.json").write_text(json.dumps({"apiKey": key}))

    report, _, _ = report_of("--config", "now.json")

    assert report["delivered"] == 0
    assert report["refusals"][0]["reason"].startswith("apiKey is mandatory")


@pytest.mark.parametrize("key", [None, "KEY"])
def test_a_key_in_one_of_the_files_is_no_cause_of_a_difference(here, key):
    (here / "then.json").write_text(json.dumps({"apiKey": "OTHER", "sendAnonymousId": True}))
    if key:
        (here / "now.json").write_text(json.dumps({"apiKey": key}))

    report, _, _ = report_of("--config", "now.json", "--against-config", "then.json")

    assert [cause["cause"] for cause in report["causes"]] == ["setting sendAnonymousId"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--config", "now.json", "--against-config", "then.json"], "then.json in place of now.json"),
        (["--against-config", "then.json"], "then.json in place of the default settings"),
        (["--against-profile", "production"], "production in place of documented"),
        (["--config", "now.json", "--against-profile", "production"], "production in place of documented"),
        (
            ["--config", "now.json", "--against-config", "then.json", "--against-profile", "production"],
            "production with then.json in place of documented with now.json",
        ),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_what_if_names_what_is_compared(options, words):
    report, html, output = report_of(*options)

    assert f"what if        {words}" in output
    assert html.count(words) == 2
    assert report["what_if"] == words
    assert report["against"] in ("documented", "production")


def test_files_with_the_same_name_are_named_with_their_folders(here):
    (here / "new").mkdir()
    (here / "new" / "now.json").write_text('{"sendAnonymousId": true}')

    _, _, output = report_of("--config", "now.json", "--against-config", "new/now.json")

    assert "new/now.json in place of now.json" in output


@pytest.mark.usefixtures("here")
def test_a_difference_cannot_fail_a_run_that_compares_nothing():
    result = invoke("--fail-on", "difference")

    assert (result.exit_code, "needs --against-profile or --against-config" in result.stderr) == (2, True)


def test_an_unreadable_line_fails_the_run_when_it_is_asked_for(here):
    (here / "a.jsonl").write_text('{"type": "identify", "userId": "u1"}\nnoise\n')

    assert invoke("--fail-on", "unreadable").exit_code == 1
    assert invoke("--fail-on", "refused").exit_code == 0


@pytest.mark.usefixtures("here")
def test_the_ignored_types_are_listed_with_their_counts():
    assert "1 delivered, 1 refused, 1 ignored: 1 page\n" in "\n".join(
        line.rstrip() + "\n" for line in invoke().stdout.splitlines()
    )


def test_the_line_about_personal_data_starts_with_a_count(here):
    write_lines(here / "a.jsonl", [{**PERSON, "traits": {"backup": "ada@example.com"}}])

    assert "personal data  1 field (people.backup: 1 x email)" in invoke().stdout


def test_one_of_a_kind_is_in_the_singular(here):
    write_lines(here / "a.jsonl", [{**PERSON, "traits": {"company": {"id": "g1"}}}])

    output = invoke().stdout

    assert "1 message in 1 file (1 message)" in output
    assert "created        1 person, 1 company" in output


@pytest.mark.parametrize("content", ["", "[]", '{"persons": []}', '{"people": 5}', "a\n"])
def test_an_error_about_the_state_names_the_option_and_the_file(here, content):
    (here / "m.jsonl").write_text(content)

    result = invoke("--state", "m.jsonl")

    assert (result.exit_code, "--state m.jsonl: the state " in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(
    ("scheme", "package"), [("gs", "gcsfs"), ("https", "aiohttp"), ("http", "aiohttp"), ("az", "adlfs")]
)
def test_the_url_of_a_store_without_an_extra_names_its_package(monkeypatch, scheme, package):
    monkeypatch.setitem(sys.modules, "fsspec.core", None)

    result = CliRunner().invoke(main, ["replay", f"{scheme}://bucket/x"])

    assert result.exit_code == 2
    assert f"{scheme}:// needs {package}: " in result.stderr
    assert result.stderr.endswith(f" -m pip install fsspec {package}\n")
    assert "[s3]" not in result.stderr


@pytest.mark.parametrize("option", ["profile", "against_profile"])
def test_an_unknown_profile_names_the_profiles(here, option):
    with pytest.raises(ReplayError, match="there is no profile 'x': choose documented or production"):
        replay(here / "a.jsonl", **{option: "x"})


@pytest.mark.parametrize("option", ["config", "against_config"])
def test_the_path_of_a_file_is_no_settings(here, option):
    with pytest.raises(ReplayError, match=f"{option} must be a dict of settings, not 'file.json'"):
        replay(here / "a.jsonl", **{option: "file.json"})
