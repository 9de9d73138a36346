"""The results of a run for machines and for readers: JUnit XML, and HTML in one file."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import Flask, render_template_string

from custify_contract.story import story_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from custify_contract.divergences import Divergence
    from custify_contract.runner import Result
    from custify_contract.story import Story

    Causes = Mapping[str, tuple[Divergence, ...]]  # why production breaks a law, by its id

ORDER: Final = ("broken", "not tried", "not visible", "holds")
STOPPED: Final = "the run ended before this law"
HIDDEN: Final = "this Custify does not show what the law is about"
PAGE: Final = Path(__file__).with_name("report.html")


def html(results: Sequence[Result], about: str, causes: Causes) -> str:
    """Return the report as one HTML file that needs nothing else; `about` says what was tried."""
    ordered = sorted(results, key=lambda result: ORDER.index(result.verdict))
    stories = [story_of(result, causes.get(result.law.id, ())) for result in ordered if result.trial]
    with Flask("contract").app_context():
        return render_template_string(
            PAGE.read_text(encoding="utf-8"),
            results=ordered,
            told=[(story, encoded(story)) for story in stories],
            about=about,
            causes={law: known for law, known in causes.items() if known},
            version=version("mock-custify"),
            made=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        )


def encoded(story: Story) -> str:
    """Return the file of a story as a data URL holds it, "" when it has no messages."""
    return base64.b64encode(story.again.file().encode()).decode()


def junit(results: Sequence[Result], about: str, causes: Causes, *, accept_known: bool) -> bytes:
    """Return the report as JUnit XML; what cannot be seen is skipped, and so is a break that is accepted."""
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", {"name": "mock-custify contract"})
    SubElement(SubElement(suite, "properties"), "property", {"name": "run", "value": about})
    for result in results:
        known = ", ".join(cause.id for cause in causes.get(result.law.id, ()))
        about_law = {"classname": result.law.section, "name": result.law.id, "time": f"{result.seconds:.3f}"}
        case = SubElement(suite, "testcase", about_law)
        if result.verdict == "not visible":
            SubElement(case, "skipped", {"message": HIDDEN})
        elif result.verdict == "not tried":
            SubElement(case, "error", {"message": STOPPED})
        elif known and accept_known:
            SubElement(case, "skipped", {"message": f"a known divergence: {known}"})
        elif result.trial:
            failure = SubElement(case, "failure", {"message": printable(result.broken)})
            failure.text = printable(story_of(result, causes.get(result.law.id, ())).text())
    count = {name: str(len(suite.findall(f"testcase/{tag}"))) for name, tag in COUNTED.items()}
    suite.attrib |= {"tests": str(len(results)), **count}
    indent(suites)
    text: bytes = tostring(suites, encoding="utf-8", xml_declaration=True)
    return text


COUNTED: Final = {"failures": "failure", "skipped": "skipped", "errors": "error"}


def printable(text: str) -> str:
    """Return text without the characters that XML does not know."""
    return "".join(char if char >= " " or char in "\n\t" else "\ufffd" for char in text)


__all__ = ["html", "junit"]
