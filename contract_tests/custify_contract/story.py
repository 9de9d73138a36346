"""A broken law as a story: what was sent, what changed, which sentence broke, and how to repeat it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from custify_contract.again import Again, query_of
from custify_contract.snapshot import Snapshot, difference, json_text, name_of

if TYPE_CHECKING:
    from custify_contract.divergences import Divergence
    from custify_contract.law import Law, Step, Trial
    from custify_contract.runner import Result
    from custify_transformer import HttpRequest

NOT_DELIVERED: Final = "not delivered: the law is about the call itself"


@dataclass(frozen=True)
class Story:
    """The smallest case that broke a law, in sections of lines for a person to read.

    `causes` are the known divergences that make production break it.
    """

    law: Law
    seed: int
    examples: int
    trial: Trial
    broken: str
    causes: tuple[Divergence, ...] = ()

    def sections(self) -> list[tuple[str, list[str]]]:
        """Return the titles of the story, each with its lines."""
        again = self.again
        return [
            ("the promise", [f"“{self.law.source}”", f"({self.law.section}; {self.law.level})"]),
            ("what broke", [self.broken]),
            *([("a known divergence", self.cause_lines())] if self.causes else []),
            ("what was there before", workspace_lines(self.trial.before)),
            ("what was sent", self.sent_lines()),
            ("what changed", difference(self.trial.before, self.trial.after) or ["nothing"]),
            ("what was there after", workspace_lines(self.trial.after)),
            ("again with the seed", [again.command()]),
            ("again with a file for mock-custify send", again.send_lines()),
            ("again as a test", again.test_lines()),
            ("again with curl", again.curl()),
        ]

    @property
    def again(self) -> Again:
        """Return the ways to repeat it."""
        return Again(self.law, self.seed, self.examples, self.trial)

    def cause_lines(self) -> list[str]:
        """Return what production does, and what harm that may do."""
        return [f"{cause.id}: {cause.observed} {cause.harm}" for cause in self.causes]

    def text(self) -> str:
        """Return the story as plain text."""
        head = f"The law {self.law.id} is broken."
        return "\n\n".join([head, *(section_text(*section) for section in self.sections())])

    def sent_lines(self) -> list[str]:
        """Return what became of each message; the messages as JSON lines when nothing was sent."""
        if not self.again.sends_nothing:
            return [line for step in self.trial.steps for line in step_lines(step)]
        refusals = [f"refused: {step.refusal}" for step in self.trial.steps if step.refusal]
        return ["nothing was sent; the messages were:", *self.again.file().splitlines(), *refusals]


def section_text(title: str, lines: list[str]) -> str:
    """Return a section as plain text; what is to be copied stands at the edge, where a shell can read it."""
    indent = "" if title.startswith("again") else "    "
    return f"{title}\n" + "\n".join(f"{indent}{line}" for line in lines)


def story_of(result: Result, causes: tuple[Divergence, ...] = ()) -> Story:
    """Return the story of a broken law."""
    if result.trial is None:
        raise ValueError(f"the law {result.law.id} is not broken: it has no story")
    return Story(result.law, result.seed, result.examples, result.trial, result.broken, causes)


def workspace_lines(snapshot: Snapshot) -> list[str]:
    """Return a workspace, a record a line."""
    people = [f"person {name_of(person)} {json_text(person)}" for person in snapshot.people]
    companies = [f"company {company['company_id']} {json_text(company)}" for company in snapshot.companies]
    events = [f"event {event.get('name')} {json_text(event)}" for event in snapshot.events or ()]
    return [*people, *companies, *events] or ["an empty workspace"]


def step_lines(step: Step) -> list[str]:
    """Return what became of a message, its requests with their replies beneath it."""
    head = [] if step.message is None else [f"message {json.dumps(step.message, ensure_ascii=False)}"]
    said = [str(reply.status or "no answer") for reply in step.replies] or [NOT_DELIVERED] * len(
        step.requests
    )
    pairs = zip(step.requests, said, strict=True)
    lines = [f"  {request_line(request)} -> {answer}" for request, answer in pairs]
    return [*head, *lines, *([f"  refused: {step.refusal}"] if step.refusal else [])]


def request_line(request: HttpRequest) -> str:
    """Return a request in one line."""
    body = "" if request.body is None else f" {json_text(request.body)}"
    return f"{request.method} {request.endpoint}{query_of(request)}{body}"
