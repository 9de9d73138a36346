"""The options of `mock-custify contract`: what cannot work is refused before the run, in one clear line."""

import pytest
from click.testing import CliRunner

from mock_custify.app import create_app
from mock_custify.cli.contract import contract
from mock_custify.resources.associations.model import Associations
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store

QUICK = ["--law", "group.name", "--examples", "2"]
KEYED = ["--api-key", "k", *QUICK]
NOBODY = "http://127.0.0.1:9"


def run(*options):
    return CliRunner().invoke(contract, options)


@pytest.mark.parametrize("option", ["--report", "--junit"])
def test_a_report_in_a_folder_that_is_none_is_refused_before_the_run(option, tmp_path):
    path = tmp_path / "nowhere" / "report"

    result = run(option, str(path), *QUICK)

    assert result.exit_code == 2
    assert f"Invalid value for '{option}': there is no folder {path.parent}" in result.output
    assert "laws hold" not in result.output


@pytest.mark.parametrize("option", ["--report", "--junit"])
def test_a_report_in_a_folder_that_is_there_is_written(option, tmp_path):
    result = run(option, str(tmp_path / "report"), *QUICK)

    assert result.exit_code == 0
    assert "group.name" in (tmp_path / "report").read_text()


def test_a_report_that_cannot_be_written_is_said_so():
    result = run("--report", "/dev/full", *QUICK)

    assert result.exit_code == 2
    assert (
        result.stderr == "mock-custify: the report cannot be written to /dev/full: No space left on device\n"
    )


def test_a_key_without_a_custify_is_refused():
    result = run(*KEYED)

    assert result.exit_code == 2
    assert "--api-key is the key of --custify: give both or neither" in result.output


@pytest.mark.parametrize("url", ["nonsense", "http://[", "http://h:99999", "ftp://h", "http://"])
def test_a_custify_that_is_no_url_is_refused(url):
    result = run("--custify", url, *KEYED)

    assert result.exit_code == 2
    assert f"--custify {url}: expected a URL such as http://127.0.0.1:8765" in result.output


def test_a_transformer_that_is_no_url_is_refused():
    result = run("--transformer", "nonsense", "--custify", NOBODY, *KEYED)

    assert result.exit_code == 2
    assert "--transformer nonsense: expected a URL such as http://127.0.0.1:9090" in result.output


def test_a_custify_that_does_not_answer_is_told_in_one_line():
    result = run("--custify", NOBODY, *KEYED)

    assert result.exit_code == 2
    assert result.stderr == f"mock-custify: {NOBODY} does not answer: is the server running there?\n"


def test_a_transformer_that_does_not_answer_is_told_in_one_line():
    result = run("--transformer", NOBODY, "--custify", NOBODY, *KEYED)

    url = f"{NOBODY}/v0/destinations/custify"
    assert result.exit_code == 2
    assert result.stderr == f"mock-custify: {url} does not answer: is the server running there?\n"


def test_a_profile_for_a_transformer_at_a_url_is_refused():
    result = run("--profile", "production", "--transformer", NOBODY, "--custify", NOBODY, *KEYED)

    assert result.exit_code == 2
    assert "--profile is ours" in result.output


def test_a_law_that_a_known_divergence_breaks_can_be_accepted():
    result = run("--profile", "production", "--accept-known", "--law", "association.carries.yes-no")

    assert result.exit_code == 0
    assert "0 of 1 laws hold; 1 broken, 1 of them by known divergences" in result.output
    assert "is broken." not in result.output


def test_a_law_that_breaks_for_a_new_reason_cannot_be_accepted(monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)

    result = run("--accept-known", "--law", "association.exists.yes-yes")

    assert result.exit_code == 1
    assert "1 broken, 0 of them by known divergences" in result.output


def test_a_law_that_cannot_be_seen_is_not_said_to_hold():
    server = ServerThread(create_app(Store(["k"])))

    result = run("--custify", server.url, "--api-key", "k", "--law", "track.one-event", "--examples", "2")

    server.stop()
    assert "0 of 1 laws hold; 1 cannot be seen from here" in result.output
