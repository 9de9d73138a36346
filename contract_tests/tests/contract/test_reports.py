"""The reports of a run: JUnit XML and HTML."""

import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET  # the reports under test are our own

import pytest

from custify_contract.laws import get_law
from custify_contract.run import in_process_targets, run_law
from custify_contract.run.known_divergences import known_divergences
from custify_contract.run.reports import html, junit
from custify_contract.run.result import Result
from mock_custify.resources.associations.model import Associations

LINKS = get_law("association.exists.yes-yes")


@pytest.fixture
def broken(monkeypatch):
    monkeypatch.setattr(Associations, "associate", lambda *_: None)
    return run_law(LINKS, in_process_targets(), 50, 3)


def test_junit_has_a_case_for_each_law_and_the_failure_report_of_a_broken_one(broken):
    holds = run_law(LINKS, in_process_targets("documented"), 1)

    suite = ET.fromstring(junit([broken, holds], "a run", {}, accept_known=False)).find("testsuite")  # noqa: S314 - our own report

    assert (suite.get("tests"), suite.get("failures")) == ("2", "2")
    assert "changes" in suite.find("testcase/failure").text


def test_junit_fails_for_a_known_divergence_unless_it_is_accepted():
    result = run_law(get_law("association.carries.yes-no"), in_process_targets("production"), 20)
    causes = {result.law.id: known_divergences(result)}

    reports = [junit([result], "a run", causes, accept_known=accepted) for accepted in (False, True)]

    suites = [ET.fromstring(report).find("testsuite") for report in reports]  # noqa: S314 - our own reports
    assert [(suite.get("failures"), suite.get("skipped")) for suite in suites] == [("1", "0"), ("0", "1")]
    assert suites[1].find("testcase/skipped").get("message") == "a known divergence: group-without-id"


def test_junit_says_what_was_run_and_how_long_each_law_took(broken):
    suite = ET.fromstring(junit([broken], "a run", {}, accept_known=False)).find("testsuite")  # noqa: S314 - our own

    assert suite.find("properties/property").attrib == {"name": "run", "value": "a run"}
    assert float(suite.find("testcase").get("time")) > 0


def test_a_law_that_was_not_tried_is_an_error_in_junit():
    report = junit([Result(LINKS, "not tried", 0, 0, 5)], "a run", {}, accept_known=False)

    suite = ET.fromstring(report).find("testsuite")  # noqa: S314 - our own report
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    assert suite.find("testcase/error").get("message") == "the run ended before this law"


def test_html_shows_broken_laws_first_and_known_divergences():
    holds = run_law(LINKS, in_process_targets("documented"), 1)
    known = run_law(get_law("association.carries.yes-no"), in_process_targets("production"), 20)

    page = html([holds, known], "a run", {known.law.id: known_divergences(known)})

    assert page.index(known.law.id) < page.index(LINKS.id)
    assert "<td>group-without-id" in page


def test_html_has_no_external_parts_and_escapes_values(broken):
    page = html([broken], "<about>", {})

    assert "&lt;about&gt;" in page
    assert "src=" not in page
    assert 'download="broken.jsonl"' in page


@pytest.mark.parametrize("hostile", ["\x1b[31m", "\x9b1m", "\u202e", "\x00", "\ud800", "\uffff"])
def test_no_report_has_a_character_that_could_steer_a_terminal_or_break_xml(broken, hostile):
    result = replace(broken, broken=f"the name is {hostile}")
    shown = f"the name is {ascii(hostile)[1:-1]}"

    suite = ET.fromstring(junit([result], "a run", {}, accept_known=False)).find("testsuite")  # noqa: S314 - our own
    page = html([result], "a run", {})

    assert suite.find("testcase/failure").get("message") == shown
    assert hostile not in page or hostile == "\uffff"
    page.encode()


def test_a_run_from_the_dashboard_leaves_no_file(tmp_path):
    code = """
from custify_contract.dashboard import run_rows
next(rows := run_rows('documented', 5, 0)), next(rows)
"""

    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)

    assert list(tmp_path.iterdir()) == []
