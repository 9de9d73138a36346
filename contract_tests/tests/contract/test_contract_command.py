"""`mock-custify contract`: its options, its exit status and its output."""

import pytest
from click.testing import CliRunner

from custify_contract.cli.contract import contract
from mock_custify.app import create_app
from mock_custify.resources.associations.model import Associations
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store

QUICK = ["--law", "group.name", "--examples", "2"]
KEYED = ["--api-key", "k", *QUICK]
NOBODY = "http://127.0.0.1:9"


def run(*options):
    return CliRunner().invoke(contract, options)


@pytest.mark.parametrize("option", ["--report", "--junit"])
def test_a_report_in_a_missing_folder_is_refused_before_the_run(option, tmp_path):
    path = tmp_path / "nowhere" / "report"

    result = run(option, str(path), *QUICK)

    assert result.exit_code == 2
    assert f"Invalid value for '{option}': there is no folder {path.parent}: create it first" in result.output
    assert "laws hold" not in result.output


@pytest.mark.parametrize("option", ["--report", "--junit"])
def test_a_report_is_written(option, tmp_path):
    result = run(option, str(tmp_path / "report"), *QUICK)

    assert result.exit_code == 0
    assert "group.name" in (tmp_path / "report").read_text()


def test_a_report_that_cannot_be_written_ends_with_2():
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
def test_an_invalid_custify_url_is_refused(url):
    result = run("--custify", url, *KEYED)

    assert result.exit_code == 2
    assert f"--custify {url}: expected a URL such as http://127.0.0.1:8765" in result.output


def test_an_invalid_transformer_url_is_refused():
    result = run("--transformer", "nonsense", "--custify", NOBODY, *KEYED)

    assert result.exit_code == 2
    assert "--transformer nonsense: expected a URL such as http://127.0.0.1:9090" in result.output


def test_a_custify_that_does_not_answer_is_reported_in_one_line():
    result = run("--custify", NOBODY, *KEYED)

    assert result.exit_code == 2
    assert result.stderr == f"mock-custify: {NOBODY} does not answer: is the server running there?\n"


def test_a_transformer_that_does_not_answer_is_reported_in_one_line():
    result = run("--transformer", NOBODY, "--custify", NOBODY, *KEYED)

    url = f"{NOBODY}/v0/destinations/custify"
    assert result.exit_code == 2
    assert result.stderr == f"mock-custify: {url} does not answer: is the server running there?\n"


def test_a_profile_for_a_transformer_at_a_url_is_refused():
    result = run("--profile", "production", "--transformer", NOBODY, "--custify", NOBODY, *KEYED)

    assert result.exit_code == 2
    assert "--profile is for our own transformer" in result.output


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


def test_a_law_that_is_not_visible_does_not_count_as_holding():
    server = ServerThread(create_app(Store(["k"])))

    result = run("--custify", server.url, "--api-key", "k", "--law", "track.one-event", "--examples", "2")

    server.stop()
    assert "0 of 1 laws hold; 1 is not visible in this Custify" in result.output


def test_contract_lists_the_laws():
    result = run("--list", "--law", "track.name")

    assert result.exit_code == 0
    assert "event | name" in result.output


def test_contract_ends_with_0_when_every_law_holds():
    result = run("--law", "track.name", "--examples", "5")

    assert result.exit_code == 0
    assert "1 of 1 laws hold (5 examples, seed 0, profile documented)" in result.output


def test_contract_ends_with_1_and_a_failure_report_when_a_law_is_broken():
    law = "association.carries.yes-no"

    result = run("--law", law, "--examples", "5", "--profile", "production")

    assert result.exit_code == 1
    assert f"The law {law} is broken." in result.output
    assert "group-without-id" in result.output


def test_a_law_that_is_named_twice_is_checked_once():
    result = run("--law", "track.name", "--law", "track", "--examples", "1")

    assert result.output.count("track.name ") == 1


def test_an_id_that_is_similar_to_no_law_gets_no_suggestion():
    result = run("--law", "nonsense")

    assert "there is no law nonsense: --list shows them" in result.output


def test_contract_ends_with_2_for_an_unknown_law():
    result = run("--law", "track.names")

    assert result.exit_code == 2
    assert "did you mean track.name" in result.output


@pytest.mark.parametrize(
    "options", [["--custify", "http://127.0.0.1:9"], ["--transformer", "http://127.0.0.1:9"]]
)
def test_contract_ends_with_2_for_an_incomplete_target(options):
    result = run(*options)

    assert result.exit_code == 2
    assert "--api-key" in result.output


def test_contract_ends_with_2_when_a_target_does_not_answer():
    target = ["--custify", "http://127.0.0.1:9", "--api-key", "k", "--law", "group.name"]

    result = run(*target)

    assert result.exit_code == 2
    assert "http://127.0.0.1:9 does not answer" in result.output


@pytest.mark.parametrize(("option", "kind"), [("--report", "HTML"), ("--junit", "JUnit XML")])
def test_the_place_and_the_kind_of_a_report_are_printed(option, kind, tmp_path):
    path = tmp_path / "contract.pdf"

    result = run(option, str(path), *QUICK)

    assert f"\n{kind} report: {path}\n" in result.output


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("asociation", "did you mean association"),
        ("association.exist", "did you mean association.exists"),
        ("association.exists.no-yess", "did you mean association.exists.no-yes"),
    ],
)
def test_a_misspelt_beginning_of_an_id_gets_a_suggestion(name, hint):
    assert hint in " ".join(run("--law", name).output.split())


def test_a_run_on_an_external_custify_says_that_events_are_only_requests():
    server = ServerThread(create_app(Store(["k"])))

    result = run("--custify", server.url, *KEYED)

    server.stop()
    assert "Events are checked only as requests" in result.output


@pytest.mark.parametrize(
    ("reading", "text"), [("exists", "if it is in Custify"), ("carries", "if the message carries its id")]
)
def test_the_report_of_an_association_law_says_how_exists_is_read(reading, text, monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)

    result = run("--law", f"association.{reading}.yes-no", "--examples", "2")

    assert text in result.output
