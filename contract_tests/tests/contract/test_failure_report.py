"""Failure reports: the smallest case of a broken law, and commands that repeat it."""

import json
import re
import shlex

import pytest

from custify_contract.laws import get_law
from custify_contract.run import in_process_targets, run_law
from custify_contract.run.failure_report import failure_report
from custify_contract.run.known_divergences import known_divergences
from mock_custify.resources.associations.model import Associations


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    return run_law(get_law("association.exists.yes-yes"), in_process_targets(), 50, 3)


def test_a_failure_report_has_the_promise_the_requests_the_changes_and_ways_to_repeat_it(broken):
    titles = [title for title, _ in failure_report(broken).sections()]

    assert titles == [
        "the promise",
        "what broke",
        "state before",
        "what was sent",
        "changes",
        "state after",
        "repeat with the seed",
        "repeat with a file for mock-custify send",
        "repeat as a test",
        "repeat with curl",
    ]


def test_a_failure_report_quotes_the_broken_row(broken):
    text = failure_report(broken).text()

    assert "“Yes | Yes | Both the user and the organization exist in Custify" in text
    assert "mock-custify contract --law association.exists.yes-yes --seed 3 --examples 50" in text


def test_the_test_in_a_failure_report_fails_as_the_law_did(broken):
    names = {}

    exec(failure_report(broken).repeat.test(), names)  # noqa: S102 - the text is what the report offers to run

    with pytest.raises(AssertionError, match="u1 must be associated with g1"):
        names["test_association_exists_yes_yes"]()


def production_report(law_id):
    return failure_report(run_law(get_law(law_id), in_process_targets("production"), 20))


def section(report, title):
    return "\n".join(dict(report.sections())[title])


def test_a_report_about_production_repeats_the_run_in_its_profile():
    report = production_report("association.carries.yes-no")

    assert report.repeat.command().endswith("--seed 0 --examples 20 --profile production")


def test_a_report_about_production_sends_its_file_in_its_profile():
    report = production_report("association.carries.yes-no")

    command = "mock-custify send broken.jsonl --to http://127.0.0.1:8765 --profile production"
    assert command in report.repeat.send_lines()


@pytest.mark.parametrize(
    "law_id", ["association.carries.yes-no", "example.refusal-wording", "example.infinite-number"]
)
def test_the_test_in_a_report_about_production_fails_as_the_law_did(law_id):
    report, names = production_report(law_id), {}

    exec(report.repeat.test(), names)  # noqa: S102 - the text is what the report offers to run

    with pytest.raises(AssertionError, match=re.escape(report.broken)):
        next(value for name, value in names.items() if name.startswith("test_"))()


def test_a_report_without_any_request_has_the_messages_for_transform():
    report = production_report("example.refusal-wording")
    sent, repeat = section(report, "what was sent"), section(report, "repeat with curl")

    assert "nothing was sent" in sent
    assert report.repeat.file().strip() in sent
    assert "nothing was sent" in repeat
    assert report.repeat.file().strip() in repeat
    assert repeat.endswith("mock-custify transform broken.jsonl --profile production")


def test_requests_that_a_law_does_not_send_are_shown_as_not_sent():
    report = production_report("example.company-headers")

    assert "POST https://api.custify.com/company" in section(report, "what was sent")
    assert "-> not sent: the law only checks the request" in section(report, "what was sent")
    assert "http://127.0.0.1:8765/company" in section(report, "repeat with curl")


@pytest.mark.parametrize("way", ["repeat with curl", "repeat with a file for mock-custify send"])
def test_the_commands_create_the_existing_records_first(broken, way):
    report = failure_report(broken)
    made = [line for line in section(report, way).splitlines() if line.startswith("curl -s -w")]

    bodies = [json.loads(shlex.split(line)[-1]) for line in made]
    assert bodies[: len(broken.trial.case.setup)] == [body for _, body in broken.trial.case.setup]


def test_the_commands_end_with_a_look_at_the_workspace(broken):
    report = failure_report(broken)
    look = "curl -s http://127.0.0.1:8765/_mock/state -H 'Authorization: Bearer contract-key'"

    assert report.repeat.send_lines()[-1] == f"{look} | python3 -m json.tool"
    assert report.repeat.curl_lines()[-1] == f"{look} | python3 -m json.tool"


def test_the_look_at_the_workspace_uses_the_key_of_the_messages():
    assert (
        "-H 'Authorization: Bearer k'" in production_report("example.company-headers").repeat.curl_lines()[-1]
    )


def test_a_failure_report_names_the_known_divergence_and_what_production_does():
    result = run_law(get_law("association.carries.yes-no"), in_process_targets("production"), 20)

    report = failure_report(result, known_divergences(result))

    assert section(report, "a known divergence") == (
        "group-without-id: Refused: “groupId Id is mandatory”. The company and the link are never created."
    )


def test_the_promise_of_an_example_says_what_production_does_instead():
    assert get_law("example.company-headers").source == (
        "The page does not mention headers. Production: The company of a group is sent with another Accept "
        "header, by another HTTP client."
    )


def test_lines_to_copy_are_not_indented(broken):
    assert "\nEND\nmock-custify send broken.jsonl" in failure_report(broken).text()
    assert "\ndef test_association_exists_yes_yes():" in failure_report(broken).text()
