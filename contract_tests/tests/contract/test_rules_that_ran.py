"""A run says how often each rule of the state machine ran: on the terminal, in HTML and in JUnit XML."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET  # the report under test is our own

import pytest
from click.testing import CliRunner

from custify_contract.cli.contract import contract
from custify_contract.cli.result_tables import lines_of_rules, rule_lines, summary
from custify_contract.dashboard import result_row
from custify_contract.laws import ALL, get_law
from custify_contract.laws.fake.machine import RULES
from custify_contract.run import in_process_targets, run_law
from custify_contract.run.reports import html, junit
from custify_contract.run.result import Result
from custify_contract.run.runner import law_seed
from custify_contract.strategies.byte_choices import blocks
from support.planted import FAKE_FAULTS
from support.recorded import targets_of

SEQUENCES = get_law("api.sequences")


@pytest.fixture(scope="module")
def result():
    return run_law(SEQUENCES, in_process_targets(), 8)


def test_a_run_counts_each_rule_in_each_case(result):
    wanted = dict.fromkeys(RULES, 0)
    for block in blocks(SEQUENCES.cases.size, 8, law_seed(SEQUENCES, 0)):
        for name, _ in SEQUENCES.cases.value(block).facts["steps"]:
            wanted[name] += 1

    assert result.rules == wanted


def test_every_rule_runs_in_a_run_with_the_default_examples():
    rules = run_law(SEQUENCES, in_process_targets(), 100).rules

    assert min(rules.values()) >= 5


def test_the_search_for_a_smaller_case_does_not_count():
    fault = next(one for one in FAKE_FAULTS if one.name == "an event of nobody is accepted")

    result = run_law(SEQUENCES, targets_of(fault), 100)

    assert result.outcome == "broken"
    assert sum(result.rules.values()) <= 30 * result.tried


def test_a_law_without_a_state_machine_has_no_rules():
    assert run_law(get_law("identify.whole"), in_process_targets(), 3).rules == {}


def test_a_run_of_few_laws_prints_each_rule_the_rarest_first():
    output = CliRunner().invoke(contract, ["--law", "api.sequences", "--examples", "20"]).output

    text = " ".join(output.partition("times:")[2].partition("laws hold")[0].split())
    times = [int(number) for _, number in re.findall(r"([a-z ]+) (\d+)(?=, | 1 of)", text)]
    assert "api.sequences ran 29 rules" in output
    assert len(times) == len(RULES)
    assert times == sorted(times)


def test_a_run_of_many_laws_has_one_line_about_the_rules(result):
    others = [Result(law, "holds", 100, 0, 100) for law in ALL]

    (line,) = rule_lines([*others, result])

    assert re.fullmatch(r"api\.sequences ran 29 rules \d+ times, the rarest \(.+\) (1 time|\d+ times)", line)


def test_a_rule_that_ran_once_ran_1_time(result):
    rare = replace(result, rules={"reorder": 1, "post company": 9})

    lines = lines_of_rules(rare, all_rules=False)

    assert lines == ["api.sequences ran 2 rules 10 times, the rarest (reorder) 1 time"]


def test_html_has_a_table_of_the_rules(result):
    page = html([result], "a run", {})

    assert "Rules of api.sequences" in page
    assert f"<tr><td>post company<td>{result.rules['post company']}</tr>" in page


def test_the_json_of_the_dashboard_has_the_rules(result):
    assert result_row(result)["rules"] == result.rules


def test_junit_has_a_property_for_each_rule(result):
    suite = ET.fromstring(junit([result], "a run", {}, accept_known=False)).find("testsuite")  # noqa: S314 - our own

    found = {one.get("name"): int(one.get("value")) for one in suite.findall("testcase/properties/property")}
    assert found == {f"rule: {name}": times for name, times in result.rules.items()}


@pytest.mark.parametrize(("number", "text"), [(1, "1 is not visible"), (2, "2 are not visible")])
def test_the_summary_counts_laws_that_are_not_visible(number, text):
    results = [Result(law, "not visible", 0, 0, 5) for law in ALL[:number]]

    assert f"{text} in this Custify" in summary(results, {})


@pytest.mark.parametrize(("number", "text"), [(1, "1 was not tried"), (2, "2 were not tried")])
def test_the_summary_counts_laws_that_were_not_tried(number, text):
    results = [Result(law, "not tried", 0, 0, 5) for law in ALL[:number]]

    assert summary(results, {}).endswith(text)
