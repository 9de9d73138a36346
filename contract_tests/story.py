"""A broken law as a story: what was sent, what changed, which sentence broke, and how to repeat it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pprint import pformat
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

from contract_tests.snapshot import Snapshot, difference, json_text, name_of

if TYPE_CHECKING:
    from contract_tests.law import Law, Step, Trial
    from contract_tests.runner import Result
    from transformer import HttpRequest

LOCAL: Final = "http://127.0.0.1:8765"
WIDTH: Final = 100


@dataclass(frozen=True)
class Story:
    """The smallest case that broke a law, in sections of lines for a person to read."""

    law: Law
    seed: int
    examples: int
    trial: Trial
    broken: str

    def sections(self) -> list[tuple[str, list[str]]]:
        """Return the titles of the story, each with its lines."""
        return [
            ("the promise", [f"“{self.law.source}”", f"({self.law.section}; {self.law.level})"]),
            ("what broke", [self.broken]),
            ("what was there before", workspace_lines(self.trial.before)),
            ("what was sent", self.sent_lines()),
            ("what changed", difference(self.trial.before, self.trial.after) or ["nothing"]),
            ("what was there after", workspace_lines(self.trial.after)),
            ("again with the seed", [self.command()]),
            ("again with a file for mock-custify send", self.send_lines()),
            ("again as a test", self.test().splitlines()),
            ("again with curl", self.curl()),
        ]

    def text(self) -> str:
        """Return the story as plain text."""
        head = f"The law {self.law.id} is broken."
        parts = [
            f"{title}\n" + "\n".join(f"    {line}" for line in lines) for title, lines in self.sections()
        ]
        return "\n\n".join([head, *parts])

    def command(self) -> str:
        """Return the command that finds the same case again."""
        targets = (self.trial.transformer.options, self.trial.custify.options)
        options = f"--law {self.law.id} --seed {self.seed} --examples {self.examples}"
        return " ".join(["mock-custify contract", options, *filter(None, targets)])

    @property
    def profile(self) -> str:
        """Return the profile under which the law broke."""
        return self.trial.transformer.profile

    @property
    def profile_option(self) -> str:
        """Return the option that repeats the profile, with a space before it; nothing for the usual one."""
        return "" if self.profile == "documented" else f" --profile {self.profile}"

    @property
    def sends_nothing(self) -> bool:
        """Tell whether there are messages, but no request of them was sent."""
        return bool(self.trial.case.messages) and not self.trial.requests

    def sent_lines(self) -> list[str]:
        """Return what became of each message; the messages as JSON lines when nothing was sent."""
        if not self.sends_nothing:
            return [line for step in self.trial.steps for line in step_lines(step)]
        refusals = [f"refused: {step.refusal}" for step in self.trial.steps if step.refusal]
        return ["nothing was sent; the messages were:", *self.file().splitlines(), *refusals]

    def file(self) -> str:
        """Return the messages as JSON lines, each with its destination, as `mock-custify send` reads them."""
        settings = {"Config": self.trial.case.settings}
        lines = [{"message": message, "destination": settings} for message in self.trial.case.messages]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    def send_lines(self) -> list[str]:
        """Return a shell command that sends the messages, the file included."""
        if not self.trial.case.messages:
            return ["(the law makes direct calls: see the curl lines)"]
        return self.with_file(f"mock-custify send broken.jsonl --to {LOCAL}{self.profile_option}")

    def with_file(self, command: str) -> list[str]:
        """Return a shell command that reads broken.jsonl, after the lines that make the file."""
        return ["cat > broken.jsonl <<'END'", *self.file().splitlines(), "END", command]

    def test(self) -> str:
        """Return a pytest test that plays the case."""
        name = "".join(char if char.isalnum() else "_" for char in self.law.id)
        case = self.trial.case
        parts = {name: getattr(case, name) for name in ("messages", "settings", "setup", "facts")}
        spelled = "".join(f"        {name}={pformat(value, width=WIDTH)},\n" for name, value in parts.items())
        profile = f", profile={self.profile!r}" if self.profile_option else ""
        floats = "from math import inf, nan\n\n" if re.search(r"\b(inf|nan)\b", spelled) else ""
        head = f"{floats}from contract_tests.law import Case\nfrom contract_tests.laws import get_law\n"
        body = (
            f"    case = Case(\n{spelled}    )\n\n    check_case(get_law({self.law.id!r}), case{profile})\n"
        )
        return f"{head}from contract_tests.runner import check_case\n\n\ndef test_{name}():\n{body}"

    def curl(self) -> list[str]:
        """Return the calls as shell commands against a local `mock-custify serve`.

        When nothing was sent there is no call: the command then shows what the messages become.
        """
        if self.sends_nothing:
            command = f"mock-custify transform broken.jsonl --profile {self.profile}"
            return ["# nothing was sent, so there is no call; this shows why", *self.with_file(command)]
        from contract_tests.targets import call  # noqa: PLC0415 - needed only for a story

        before = [call("POST", path, body) for path, body in self.trial.case.setup]
        return [curl_line(request) for request in (*before, *self.trial.requests)]


def story_of(result: Result) -> Story:
    """Return the story of a broken law."""
    if result.trial is None:
        raise ValueError(f"the law {result.law.id} is not broken: it has no story")
    return Story(result.law, result.seed, result.examples, result.trial, result.broken)


def workspace_lines(snapshot: Snapshot) -> list[str]:
    """Return a workspace, a record a line."""
    people = [f"person {name_of(person)} {json_text(person)}" for person in snapshot.people]
    companies = [f"company {company['company_id']} {json_text(company)}" for company in snapshot.companies]
    events = [f"event {event.get('name')} {json_text(event)}" for event in snapshot.events or ()]
    return [*people, *companies, *events] or ["an empty workspace"]


def step_lines(step: Step) -> list[str]:
    """Return what became of a message, its requests with their replies beneath it."""
    head = [] if step.message is None else [f"message {json.dumps(step.message, ensure_ascii=False)}"]
    pairs = zip(step.requests, step.replies, strict=True)
    lines = [f"  {request_line(request)} -> {reply.status or 'no answer'}" for request, reply in pairs]
    return [*head, *lines, *([f"  refused: {step.refusal}"] if step.refusal else [])]


def request_line(request: HttpRequest) -> str:
    """Return a request in one line."""
    body = "" if request.body is None else f" {json_text(request.body)}"
    return f"{request.method} {request.endpoint}{query(request)}{body}"


def query(request: HttpRequest) -> str:
    """Return the query of a request as it is shown."""
    return (
        "?" + "&".join(f"{name}={value}" for name, value in request.params.items()) if request.params else ""
    )


def curl_line(request: HttpRequest) -> str:
    """Return a request as a shell command."""
    url = LOCAL + request.endpoint.removeprefix("https://api.custify.com") + query(request)
    headers: dict[str, Any] = {
        "Authorization": request.headers["Authorization"],
        "Content-Type": "application/json",
    }
    parts = ["curl", "-s", "-X", request.method, quote(url)]
    parts += [word for name, value in headers.items() for word in ("-H", quote(f"{name}: {value}"))]
    return " ".join([*parts, *(["-d", quote(json_text(request.body))] if request.body is not None else [])])
