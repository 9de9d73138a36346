"""The reports of a run: JUnit XML, and HTML in one file."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import Flask, render_template_string
from markupsafe import Markup

import mock_custify
from custify_contract.run.failure_report import failure_report
from mock_custify.cli.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.run.known_divergences import KnownDivergences
    from custify_contract.run.result import Result

ORDER: Final = ("broken", "not tried", "not visible", "holds")
NOT_TRIED: Final = "the run ended before this law"
NOT_VISIBLE: Final = "this Custify does not show the records that the law checks"
TEMPLATE: Final = Path(__file__).with_name("report.html")
STYLE: Final = Path(mock_custify.__file__).parent / "dashboard" / "assets" / "style.css"
COUNTS: Final = {"failures": "failure", "skipped": "skipped", "errors": "error"}


def html(results: Sequence[Result], about: str, known: KnownDivergences) -> str:
    """Return the report as one HTML file without external parts; `about` says what was tested."""
    ordered = sorted(results, key=lambda result: ORDER.index(result.outcome))
    reports = [failure_report(result, known.get(result.law.id, ())) for result in ordered if result.trial]
    with Flask("contract").app_context():
        page = render_template_string(
            TEMPLATE.read_text(encoding="utf-8"),
            style=Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704 - our own file
            results=ordered,
            reports=[(one, base64.b64encode(one.repeat.file().encode()).decode()) for one in reports],
            about=about,
            known={law: divergences for law, divergences in known.items() if divergences},
            version=version("mock-custify"),
            made=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        )
    return printable(page)


def junit(results: Sequence[Result], about: str, known: KnownDivergences, *, accept_known: bool) -> bytes:
    """Return the report as JUnit XML; with `accept_known`, laws with a known divergence are skipped."""
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", {"name": "mock-custify contract"})
    SubElement(SubElement(suite, "properties"), "property", {"name": "run", "value": about})
    for result in results:
        attributes = {"classname": result.law.section, "name": result.law.id, "time": f"{result.seconds:.3f}"}
        case = SubElement(suite, "testcase", attributes)
        add_rules(case, result)
        add_outcome(case, result, known, accept_known=accept_known)
    counts = {name: str(len(suite.findall(f"testcase/{tag}"))) for name, tag in COUNTS.items()}
    suite.attrib |= {"tests": str(len(results)), **counts}
    indent(suites)
    text: bytes = tostring(suites, encoding="utf-8", xml_declaration=True)
    return text


def add_rules(case: Element, result: Result) -> None:
    """Add how often each rule of a state machine ran as properties of a JUnit test case."""
    if result.rules:
        properties = SubElement(case, "properties")
        for name, times in result.rules.items():
            SubElement(properties, "property", {"name": f"rule: {name}", "value": str(times)})


def add_outcome(case: Element, result: Result, known: KnownDivergences, *, accept_known: bool) -> None:
    """Add the outcome of a law to its JUnit test case; nothing is added if the law holds."""
    divergences = known.get(result.law.id, ())
    if result.outcome == "not visible":
        SubElement(case, "skipped", {"message": NOT_VISIBLE})
    elif result.outcome == "not tried":
        SubElement(case, "error", {"message": NOT_TRIED})
    elif divergences and accept_known:
        names = ", ".join(one.id for one in divergences)
        SubElement(case, "skipped", {"message": f"a known divergence: {names}"})
    elif result.trial:
        failure = SubElement(case, "failure", {"message": xml_text(result.broken)})
        failure.text = xml_text(failure_report(result, divergences).text())


def xml_text(text: str) -> str:
    """Return text with the characters shown that XML cannot contain, or that would steer a terminal."""
    return printable(text).replace("\ufffe", r"\ufffe").replace("\uffff", r"\uffff")
