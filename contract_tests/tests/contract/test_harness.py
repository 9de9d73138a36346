"""The harness itself: it repeats exactly, finds planted faults, tells their story, and writes its reports."""

import json
import re
import shlex
from xml.etree import ElementTree as ET  # the reports under test are our own

import pytest
from click.testing import CliRunner

from custify_contract.causes import causes_of
from custify_contract.divergences import divergences
from custify_contract.law import Case
from custify_contract.laws import ALL, get_law, named_laws
from custify_contract.laws.differences import PREFIX
from custify_contract.report import html, junit
from custify_contract.runner import Result, check_case, ours, run_law, run_laws
from custify_contract.story import story_of
from custify_transformer.documented import profile as documented_profile
from mock_custify.cli.contract import contract
from mock_custify.resources.associations.model import Associations

LINKS = get_law("association.exists.yes-yes")


def lossy(_associations, _person, _company):
    """Stand in for `associate` and link nobody."""


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr(Associations, "associate", lossy)
    return run_law(LINKS, ours(), 50, 3)


@pytest.fixture(scope="session")
def in_production():
    return list(run_laws(ALL, ours("production"), 60))


def test_a_lost_association_breaks_the_law_of_its_row(broken):
    assert broken.verdict == "broken"
    assert broken.broken == "u1 must be associated with g1"


def test_the_smallest_case_is_small(broken):
    assert broken.trial.case.message == {
        "type": "group",
        "channel": "server",
        "messageId": "m1",
        "timestamp": "2026-03-02T09:00:00.000Z",
        "traits": {},
        "userId": "u1",
        "groupId": "g1",
    }


def test_a_story_has_the_sentence_the_requests_the_difference_and_ways_to_repeat_it(broken):
    titles = [title for title, _ in story_of(broken).sections()]

    assert titles == [
        "the promise",
        "what broke",
        "what was there before",
        "what was sent",
        "what changed",
        "what was there after",
        "again with the seed",
        "again with a file for mock-custify send",
        "again as a test",
        "again with curl",
    ]


def test_a_story_quotes_the_broken_row(broken):
    text = story_of(broken).text()

    assert "“Yes | Yes | Both the user and the organization exist in Custify" in text
    assert "mock-custify contract --law association.exists.yes-yes --seed 3 --examples 50" in text


def test_the_test_of_a_story_fails_as_the_law_did(broken):
    names = {}

    exec(story_of(broken).again.test(), names)  # noqa: S102 - the text is what the story offers to run

    with pytest.raises(AssertionError, match="u1 must be associated with g1"):
        names["test_association_exists_yes_yes"]()


def production_story(law_id):
    return story_of(run_law(get_law(law_id), ours("production"), 20))


def section(story, title):
    return "\n".join(dict(story.sections())[title])


def test_a_story_of_production_repeats_the_run_in_its_profile():
    story = production_story("association.carries.yes-no")

    assert story.again.command().endswith("--seed 0 --examples 20 --profile production")


def test_a_story_of_production_sends_its_file_in_its_profile():
    story = production_story("association.carries.yes-no")

    command = "mock-custify send broken.jsonl --to http://127.0.0.1:8765 --profile production"
    assert command in story.again.send_lines()


@pytest.mark.parametrize(
    "law_id", ["association.carries.yes-no", "example.refusal-wording", "example.infinite-number"]
)
def test_the_test_of_a_story_of_production_fails_as_the_law_did(law_id):
    story, names = production_story(law_id), {}

    exec(story.again.test(), names)  # noqa: S102 - the text is what the story offers to run

    with pytest.raises(AssertionError, match=re.escape(story.broken)):
        next(value for name, value in names.items() if name.startswith("test_"))()


def test_a_story_in_which_nothing_was_sent_says_so_and_has_the_messages_for_transform():
    story = production_story("example.refusal-wording")
    sent, again = section(story, "what was sent"), section(story, "again with curl")

    assert "nothing was sent" in sent
    assert story.again.file().strip() in sent
    assert "nothing was sent" in again
    assert story.again.file().strip() in again
    assert again.endswith("mock-custify transform broken.jsonl --profile production")


def test_calls_that_a_law_only_makes_are_shown_and_not_said_to_be_delivered():
    story = production_story("example.company-headers")

    assert "POST https://api.custify.com/company" in section(story, "what was sent")
    assert "-> not delivered: the law is about the call itself" in section(story, "what was sent")
    assert "http://127.0.0.1:8765/company" in section(story, "again with curl")


@pytest.mark.parametrize("way", ["again with curl", "again with a file for mock-custify send"])
def test_what_was_there_before_is_made_again_first(broken, way):
    story = story_of(broken)
    made = [line for line in section(story, way).splitlines() if line.startswith("curl -s -w")]

    bodies = [json.loads(shlex.split(line)[-1]) for line in made]
    assert bodies[: len(broken.trial.case.setup)] == [body for _, body in broken.trial.case.setup]


def test_a_story_ends_each_way_with_a_look_at_what_came_of_it(broken):
    story = story_of(broken)
    look = "curl -s http://127.0.0.1:8765/_mock/state -H 'Authorization: Bearer contract-key'"

    assert story.again.send_lines()[-1] == f"{look} | python3 -m json.tool"
    assert story.again.curl()[-1] == f"{look} | python3 -m json.tool"


def test_the_look_at_the_end_is_with_the_key_of_the_messages():
    assert "-H 'Authorization: Bearer k'" in production_story("example.company-headers").again.curl()[-1]


def test_a_story_names_the_known_divergence_and_what_production_does():
    result = run_law(get_law("association.carries.yes-no"), ours("production"), 20)

    story = story_of(result, causes_of(result))

    assert section(story, "a known divergence") == (
        "group-without-id: Refused: “groupId Id is mandatory”. The company and the link are never made."
    )


def test_the_promise_of_an_example_says_what_production_does_instead():
    assert get_law("example.company-headers").source == (
        "Nothing speaks of headers. Production: The company of a group goes out with another Accept header, "
        "from another client."
    )


def test_the_same_seed_gives_the_same_run():
    first, second = (run_law(LINKS, ours("production"), 40, 7) for _ in range(2))

    assert (first.tried, first.verdict, first.broken) == (second.tried, second.verdict, second.broken)


def test_a_law_breaks_on_the_same_case_whatever_ran_before():
    alone = run_law(get_law("track.email"), ours("production"), 60, 1)

    _, after = run_laws([LINKS, get_law("track.email")], ours("production"), 60, 1)

    assert (after.tried, after.trial.case) == (alone.tried, alone.trial.case)


def test_production_breaks_the_example_of_every_divergence(in_production):
    broken = {result.law.id for result in in_production if result.verdict == "broken"}

    examples = {name.removeprefix(PREFIX) for name in broken if name.startswith(PREFIX)}

    assert examples == {one.id for one in divergences()}


def test_every_law_that_production_breaks_is_explained_by_a_divergence(in_production):
    unexplained = [
        result.law.id for result in in_production if result.verdict == "broken" and not causes_of(result)
    ]

    assert unexplained == []


def test_junit_has_a_case_for_each_law_and_the_story_of_a_broken_one(broken):
    holds = run_law(LINKS, ours("documented"), 1)

    suite = ET.fromstring(junit([broken, holds], "a run", {}, accept_known=False)).find("testsuite")  # noqa: S314 - our own report

    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    assert "what changed" in suite.find("testcase/failure").text


def test_junit_fails_for_a_known_divergence_unless_it_is_accepted():
    result = run_law(get_law("association.carries.yes-no"), ours("production"), 20)
    causes = {result.law.id: causes_of(result)}

    reports = [junit([result], "a run", causes, accept_known=accepted) for accepted in (False, True)]

    suites = [ET.fromstring(report).find("testsuite") for report in reports]  # noqa: S314 - our own reports
    assert [(suite.get("failures"), suite.get("skipped")) for suite in suites] == [("1", "0"), ("0", "1")]
    assert suites[1].find("testcase/skipped").get("message") == "a known divergence: group-without-id"


def test_junit_says_what_was_run_and_how_long_each_law_took(broken):
    suite = ET.fromstring(junit([broken], "a run", {}, accept_known=False)).find("testsuite")  # noqa: S314 - our own

    assert suite.find("properties/property").attrib == {"name": "run", "value": "a run"}
    assert float(suite.find("testcase").get("time")) > 0


def test_what_was_not_tried_is_an_error_in_junit():
    report = junit([Result(LINKS, "not tried", 0, 0, 5)], "a run", {}, accept_known=False)

    suite = ET.fromstring(report).find("testsuite")  # noqa: S314 - our own report
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    assert suite.find("testcase/error").get("message") == "the run ended before this law"


def test_what_is_to_be_copied_stands_at_the_edge(broken):
    assert "\nEND\nmock-custify send broken.jsonl" in story_of(broken).text()
    assert "\ndef test_association_exists_yes_yes():" in story_of(broken).text()


def test_html_shows_broken_laws_first_and_known_divergences():
    holds = run_law(LINKS, ours("documented"), 1)
    known = run_law(get_law("association.carries.yes-no"), ours("production"), 20)

    page = html([holds, known], "a run", {known.law.id: causes_of(known)})

    assert page.index(known.law.id) < page.index(LINKS.id)
    assert "<td>group-without-id" in page


def test_html_needs_nothing_from_elsewhere_and_escapes_what_it_shows(broken):
    page = html([broken], "<about>", {})

    assert "&lt;about&gt;" in page
    assert "src=" not in page
    assert 'download="broken.jsonl"' in page


def test_contract_lists_the_laws():
    result = CliRunner().invoke(contract, ["--list", "--law", "track.name"])

    assert result.exit_code == 0
    assert "event | name" in result.output


def test_contract_ends_with_0_when_every_law_holds():
    result = CliRunner().invoke(contract, ["--law", "track.name", "--examples", "5"])

    assert result.exit_code == 0
    assert "1 of 1 laws hold (5 examples, seed 0, profile documented)" in result.output


def test_contract_ends_with_1_and_the_story_when_a_law_is_broken():
    law = "association.carries.yes-no"

    result = CliRunner().invoke(contract, ["--law", law, "--examples", "5", "--profile", "production"])

    assert result.exit_code == 1
    assert f"The law {law} is broken." in result.output
    assert "group-without-id" in result.output


@pytest.mark.parametrize(
    ("name", "count"), [("association", 8), ("association.*.no-no", 2), ("group.name", 1)]
)
def test_laws_are_named_by_id_by_how_ids_begin_or_by_a_pattern(name, count):
    assert len(named_laws(name)) == count


def test_a_law_that_is_named_twice_is_checked_once():
    result = CliRunner().invoke(contract, ["--law", "track.name", "--law", "track", "--examples", "1"])

    assert result.output.count("track.name ") == 1


def test_a_name_that_is_far_from_every_law_is_not_guessed_at():
    result = CliRunner().invoke(contract, ["--law", "nonsense"])

    assert "there is no law nonsense: --list shows them" in result.output


def test_contract_ends_with_2_for_a_law_that_is_none():
    result = CliRunner().invoke(contract, ["--law", "track.names"])

    assert result.exit_code == 2
    assert "did you mean track.name" in result.output


@pytest.mark.parametrize(
    "options", [["--custify", "http://127.0.0.1:9"], ["--transformer", "http://127.0.0.1:9"]]
)
def test_contract_ends_with_2_for_half_a_target(options):
    result = CliRunner().invoke(contract, options)

    assert result.exit_code == 2
    assert "--api-key" in result.output


def test_contract_ends_with_2_when_nobody_answers():
    target = ["--custify", "http://127.0.0.1:9", "--api-key", "k", "--law", "group.name"]

    result = CliRunner().invoke(contract, target)

    assert result.exit_code == 2
    assert "http://127.0.0.1:9 does not answer" in result.output


def test_a_crash_is_a_broken_law(monkeypatch):
    monkeypatch.setattr(documented_profile, "check_api_key", None)

    result = run_law(LINKS, ours(), 5)

    assert result.broken == "TypeError: 'NoneType' object is not callable"


def test_a_case_that_holds_passes():
    case = Case(({"type": "identify", "userId": "u1"},), facts={"person": "u1", "grown": 1})

    assert check_case(get_law("identify.creates"), case) is None
