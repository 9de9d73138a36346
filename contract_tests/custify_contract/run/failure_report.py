"""The failure report of a broken law: the smallest case, the changes that it made, and how to repeat it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from custify_contract.observed_state import ObservedState, difference, json_text, name_of
from custify_contract.run.repeat_commands import RepeatCommands, query_of

if TYPE_CHECKING:
    from custify_contract.law import Law, Step, Trial
    from custify_contract.run.result import Result
    from custify_contract.targets import TargetResponse
    from custify_transformer import HttpRequest
    from custify_transformer.divergences.table import Divergence

ONLY_IN_FILES: Final = ("state after", "repeat with a file for mock-custify send", "repeat as a test")
MORE: Final = "The HTML report (--report) also has the state after, a file and a pytest test."
LINES: Final = 12  # of a section on a terminal
WIDTH: Final = 400  # of a line on a terminal
UNEXPLAINED: Final = "(no known divergence explains it)"
NOT_SENT: Final = "not sent: the law only checks the request"


@dataclass(frozen=True)
class FailureReport:
    """The smallest case that breaks a law, in titled sections of lines.

    `known` are the known divergences that explain why the law is broken, None if nobody looked for them.
    """

    law: Law
    trial: Trial
    broken: str
    repeat: RepeatCommands
    known: tuple[Divergence, ...] | None = None

    def sections(self) -> list[tuple[str, list[str]]]:
        """Return the sections, each as its title and its lines."""
        law = self.law
        divergences = [f"{one.id}: {one.observed} {one.harm}" for one in self.known or ()]
        unexplained = [UNEXPLAINED] if self.known == () else []
        return [
            (
                "the promise",
                [f"“{law.source}”", *filter(None, [law.reading]), f"({law.section}; {law.level})"],
            ),
            ("what broke", [self.broken, *unexplained]),
            *([("a known divergence", divergences)] if divergences else []),
            ("state before", state_lines(self.trial.before)),
            ("what was sent", self.sent_lines()),
            ("changes", difference(self.trial.before, self.trial.after) or ["none"]),
            ("state after", state_lines(self.trial.after)),
            ("repeat with the seed", [self.repeat.command()]),
            ("repeat with a file for mock-custify send", self.repeat.send_lines()),
            ("repeat as a test", self.repeat.test_lines()),
            ("repeat with curl", self.repeat.curl_lines()),
        ]

    def screen(self) -> str:
        """Return the report for a terminal: without what the HTML report has, and with long lines cut."""
        title = f"The law {self.law.id} is broken."
        kept = [(title, lines) for title, lines in self.sections() if title not in ONLY_IN_FILES]
        parts = [title, *(section_text(name, cut_lines(name, lines)) for name, lines in kept)]
        return "\n\n".join([*parts, MORE])

    def text(self) -> str:
        """Return the report as plain text."""
        title = f"The law {self.law.id} is broken."
        return "\n\n".join([title, *(section_text(*section) for section in self.sections())])

    def sent_lines(self) -> list[str]:
        """Return the steps of the trial; the messages as JSON lines if no request was sent."""
        settings = self.trial.case.settings
        shown = [f"settings {json.dumps(settings)}"] if {*settings} - {"apiKey"} else []
        if not self.repeat.sends_nothing:
            return shown + [line for step in self.trial.steps for line in step_lines(step)]
        refusals = [f"refused: {step.refusal}" for step in self.trial.steps if step.refusal]
        messages = self.repeat.file().splitlines()
        if not messages:
            return ["nothing was sent: the case ended before its first message"]
        return ["nothing was sent; the messages were:", *messages, *refusals]


def failure_report(result: Result, known: tuple[Divergence, ...] | None = None) -> FailureReport:
    """Return the failure report of a broken law."""
    if result.trial is None:
        raise ValueError(f"the law {result.law.id} is not broken: there is no failure report")
    repeat = RepeatCommands(result.law, result.seed, result.examples, result.trial)
    return FailureReport(result.law, result.trial, result.broken, repeat, known)


def section_text(title: str, lines: list[str]) -> str:
    """Return a section as plain text; lines to copy are not indented, so that a shell can read them."""
    indent = "" if title.startswith("repeat") else "    "
    return f"{title}\n" + "\n".join(f"{indent}{line}" for line in lines)


def cut_lines(title: str, lines: list[str]) -> list[str]:
    """Return the first lines of a section, each cut if it is long; lines to copy stay whole."""
    if title.startswith("repeat"):
        return lines
    short = [line if len(line) <= WIDTH else f"{line[:WIDTH]}..." for line in lines[:LINES]]
    return short + ([f"... and {len(lines) - LINES} more"] if len(lines) > LINES else [])


def state_lines(state: ObservedState) -> list[str]:
    """Return one line for each record."""
    people = [f"person {name_of(person)} {json_text(person)}" for person in state.people]
    companies = [f"company {company['company_id']} {json_text(company)}" for company in state.companies]
    events = [f"event {event.get('name')} {json_text(event)}" for event in state.events or ()]
    return [*people, *companies, *events] or ["an empty workspace"]


def step_lines(step: Step) -> list[str]:
    """Return the message of a step, then its requests with their responses."""
    title = [] if step.is_call else [f"message {json.dumps(step.message, ensure_ascii=False)}"]
    answers = [answer_text(response) for response in step.responses]
    pairs = zip(step.requests, answers or [NOT_SENT] * len(step.requests), strict=True)
    lines = [f"  {request_line(request)} -> {answer}" for request, answer in pairs]
    return [*title, *lines, *([f"  refused: {step.refusal}"] if step.refusal else [])]


def answer_text(response: TargetResponse) -> str:
    """Return the status of a response; with the body if the call was refused."""
    body = "" if response.ok or response.body is None else f" {json_text(response.body)}"
    return f"{response.status or 'no response'}{body}"


def request_line(request: HttpRequest) -> str:
    """Return a request in one line."""
    body = "" if request.body is None else f" {json_text(request.body)}"
    return f"{request.method} {request.endpoint}{query_of(request)}{body}"
