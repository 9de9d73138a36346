"""The results of a run for machines and for readers: JUnit XML, and HTML in one file."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from flask import Flask, render_template_string

from contract_tests.divergence_rules import EXPLAINS, View
from contract_tests.divergences import differences
from contract_tests.law import BrokenLawError
from contract_tests.laws.differences import PREFIX
from contract_tests.runner import ours
from contract_tests.story import story_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contract_tests.law import Case, Law
    from contract_tests.runner import Result

PAGE: Final = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>mock-custify contract</title>
<style>
:root { color-scheme: light dark; --line: #8884; --bad: #c4291c; --good: #17803d }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem .3rem 0;
vertical-align: top; border-bottom: 1px solid var(--line) }
.broken { color: var(--bad) } .holds { color: var(--good) }
pre { overflow: auto; white-space: pre-wrap; padding: .6rem;
border: 1px solid var(--line); border-radius: .4rem }
h2 { margin-top: 2.5rem } h3 { margin: 1rem 0 .2rem; font-size: 1rem }
</style>
<h1>The contract: {{ broken | length }} of {{ results | length }} laws broken</h1>
<p>{{ about }}</p>
<table><tr><th>law<th>source<th>level<th>examples<th>verdict</tr>
{% for result in results %}<tr><td>{% if result.trial %}<a href="#{{ result.law.id }}">{{ result.law.id }}</a>
{% else %}{{ result.law.id }}{% endif %}<td>{{ result.law.source }}
<td>{{ result.law.level }}<td>{{ result.tried }}
<td class="{{ result.verdict }}">{{ result.verdict }}</tr>
{% endfor %}</table>
{% for result, story, file in broken %}<h2 id="{{ result.law.id }}" class="broken">{{ result.law.id }}</h2>
{% if file %}<p><a download="broken.jsonl" href="data:application/jsonl;base64,{{ file }}">broken.jsonl</a>,
for <code>mock-custify send</code></p>{% endif %}
{% for title, lines in story.sections() %}<h3>{{ title }}</h3><pre>{{ lines | join("\n") }}</pre>
{% endfor %}{% endfor %}</html>
"""


def html(results: Sequence[Result], about: str) -> str:
    """Return the report as one HTML file that needs nothing else; `about` says what was tried."""
    broken = [(result, story_of(result), "") for result in results if result.trial]
    told = [(result, story, base64.b64encode(story.file().encode()).decode()) for result, story, _ in broken]
    with Flask("contract").app_context():
        return render_template_string(PAGE, results=results, broken=told, about=about)


def junit(results: Sequence[Result]) -> bytes:
    """Return the report as JUnit XML; a law that cannot be seen is skipped."""
    broken = sum(result.verdict == "broken" for result in results)
    hidden = sum(result.verdict == "not visible" for result in results)
    counts = {"tests": str(len(results)), "failures": str(broken), "skipped": str(hidden), "errors": "0"}
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", {"name": "mock-custify contract", **counts})
    for result in results:
        case = SubElement(
            suite, "testcase", {"classname": result.law.section, "name": result.law.id, "time": "0"}
        )
        if result.trial:
            failure = SubElement(case, "failure", {"message": printable(result.broken)})
            failure.text = printable(story_of(result).text())
        elif result.verdict == "not visible":
            SubElement(case, "skipped", {"message": "this Custify does not show what the law is about"})
    indent(suites)
    text: bytes = tostring(suites, encoding="utf-8", xml_declaration=True)
    return text


def printable(text: str) -> str:
    """Return text without the characters that XML does not know."""
    return "".join(char if char >= " " or char in "\n\t" else "\ufffd" for char in text)


def explained(result: Result) -> list[str]:
    """Return the ids of the known divergences that make production break a law on its smallest case.

    There are none when the law breaks under the profile `documented` too: then something else is wrong.
    """
    if result.trial is None or not parts_profiles(result.law, result.trial.case):
        return []
    if result.law.id.startswith(PREFIX):
        return [result.law.id.removeprefix(PREFIX)]
    found: dict[str, None] = {}
    settings = result.trial.case.settings
    for message in result.trial.case.messages:
        view, parts = View(message, settings), differences(message, settings)
        found |= dict.fromkeys(
            name for name, rule in EXPLAINS.items() if any(rule(view, part) for part in parts)
        )
    return list(found)


def parts_profiles(law: Law, case: Case) -> bool:
    """Tell whether our `documented` keeps the law on a case and our `reference` breaks it."""
    return is_kept(law, case, "documented") and not is_kept(law, case, "reference")


def is_kept(law: Law, case: Case, profile: str) -> bool:
    """Tell whether a law holds on one case with our transformer and our fake."""
    try:
        ours(profile).play(law, case)
    except BrokenLawError:
        return False
    return True


__all__ = ["explained", "html", "junit"]
