"""Commands that repeat a broken law: with its seed, with `mock-custify send`, as a pytest test, with curl."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pprint import pformat
from shlex import quote
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

from custify_contract.laws.checks import is_group
from custify_contract.observed_state import json_text
from custify_contract.run.external_transformer import is_usable, json_with_infinity
from custify_contract.targets import API_KEY

if TYPE_CHECKING:
    from custify_contract.law import Law, Step, Trial
    from custify_transformer import HttpRequest

WIDTH: Final = 100
TEST: Final = """{imports}from custify_contract.law import Case
from custify_contract.laws import get_law
from custify_contract.run import check_case


def test_{name}():
    case = Case(
{arguments}    )

    check_case(get_law({law!r}), case{profile})
"""


@dataclass(frozen=True)
class RepeatCommands:
    """The ways to repeat the case of a `trial`, as lines to copy."""

    law: Law
    seed: int
    examples: int
    trial: Trial

    @property
    def profile(self) -> str:
        """Return the profile in which the law broke."""
        return self.trial.transformer.profile

    @property
    def profile_option(self) -> str:
        """Return the option that selects the profile, after a space; "" for the default profile."""
        return "" if self.profile == "documented" else f" --profile {self.profile}"

    @property
    def sends_nothing(self) -> bool:
        """Return whether there are messages, but none of them led to a request."""
        return bool(self.trial.case.messages) and not self.trial.requests

    @property
    def is_external(self) -> bool:
        """Return whether the Custify under test is not our fake in this process."""
        return bool(self.trial.custify.options)

    @property
    def needs_archive(self) -> bool:
        """Return whether the cases of the law have the shapes of an archive."""
        return self.law.id.startswith("like.")

    def command(self) -> str:
        """Return the command that finds the same case again."""
        targets = (self.trial.transformer.options, self.trial.custify.options)
        like = " --like ARCHIVE" if self.needs_archive else ""
        options = f"--law {self.law.id} --seed {self.seed} --examples {self.examples}{like}"
        return " ".join(["mock-custify contract", options, *filter(None, targets)])

    def file(self) -> str:
        """Return the messages as JSON lines with their destination, as `mock-custify send` reads them."""
        destination = {"Config": self.trial.case.settings}
        lines = ({"message": message, "destination": destination} for message in self.trial.messages)
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    def send_lines(self) -> list[str]:
        """Return shell commands that create the existing records and then send the messages."""
        if not self.trial.messages:
            return ["(the law makes direct calls: see the curl lines)"]
        if self.trial.transformer.posts_companies:
            return ["(mock-custify send has our own transformer: see the curl lines)"]
        key = " --api-key KEY" if self.is_external else ""
        command = f"mock-custify send broken.jsonl --to {self.trial.custify.url}{key}{self.profile_option}"
        setup = [self.curl_line(request) for request in self.trial.setup]
        return [*self.start_lines(), *setup, *self.with_file(command), *self.state_command()]

    def start_lines(self) -> list[str]:
        """Return comments on what has to run before the commands."""
        if not self.is_external:
            return ["# start an empty fake first: mock-custify serve"]
        return [f"# KEY is the API key of {self.trial.custify.url}; the run deleted the records it created"]

    def state_command(self) -> list[str]:
        """Return the command that shows the workspace; an external Custify has no such call."""
        if self.is_external:
            return []
        bearer = quote(f"Authorization: Bearer {self.trial.case.settings.get('apiKey') or API_KEY}")
        return [f"curl -s {self.trial.custify.url}/_mock/state -H {bearer} | python3 -m json.tool"]

    def with_file(self, command: str) -> list[str]:
        """Return the lines that create broken.jsonl, and a command that reads it."""
        return ["cat > broken.jsonl <<'END'", *self.file().splitlines(), "END", command]

    def test_lines(self) -> list[str]:
        """Return the lines of the pytest test; it runs the case on our own transformer and fake."""
        note = (
            "# on our own transformer and fake, to compare: it passes if only the external target is at fault"
        )
        if self.needs_archive:
            return ["(the law is made of an archive: repeat it with the seed)"]
        is_ours = not (self.is_external or self.trial.transformer.posts_companies)
        return [*([] if is_ours else [note]), *self.test().splitlines()]

    def test(self) -> str:
        """Return a pytest test that runs the case."""
        case = self.trial.case
        values = {name: getattr(case, name) for name in ("messages", "settings", "setup", "facts")}
        arguments = "".join(argument(name, value) for name, value in values.items())
        return TEST.format(
            imports="from math import inf, nan\n\n" if re.search(r"\b(inf|nan)\b", arguments) else "",
            name="".join(char if char.isalnum() else "_" for char in self.law.id),
            arguments=arguments,
            law=self.law.id,
            profile=f", profile={self.profile!r}" if self.profile_option else "",
        )

    def curl_lines(self) -> list[str]:
        """Return the calls as curl commands; without any call, the command that transforms the messages."""
        if self.trial.transformer.posts_companies:
            setup = map(self.curl_line, self.trial.setup)
            return [*self.start_lines(), *setup, *self.transformer_lines(), *self.state_command()]
        if self.sends_nothing:
            command = f"mock-custify transform broken.jsonl --profile {self.profile}"
            return [
                "# nothing was sent, so there is no call; this shows the reason",
                *self.with_file(command),
            ]
        calls = [self.curl_line(request) for request in (*self.trial.setup, *self.trial.requests)]
        return [*self.start_lines(), *calls, *self.state_command()]

    def transformer_lines(self) -> list[str]:
        """Return the calls of the transformer under test, each with the calls that it asks for."""
        return [line for step in self.trial.steps for line in self.step_lines(step)]

    def step_lines(self, step: Step) -> list[str]:
        """Return the call that transforms the message of a step, and the calls of its requests."""
        calls = [self.curl_line(request) for request in step.requests]
        if step.is_call:
            return calls
        target: Any = self.trial.transformer
        key = {"apiKey": "KEY"} if is_usable(step.settings.get("apiKey")) else {}
        body = json_with_infinity(target.body(step.message, {**step.settings, **key}))
        words = ["curl", "-s", "-w", r"'\n'", "-X", "POST", quote(target.url)]
        words += ["-H", quote("Content-Type: application/json"), "-d", quote(body)]
        note = ["# the transformer posts the company of a group itself"] if is_group(step.message) else []
        return [*note, " ".join(words), *calls]

    def curl_line(self, request: HttpRequest) -> str:
        """Return a request as a curl command."""
        url = self.trial.custify.url + urlsplit(request.endpoint)._replace(scheme="", netloc="").geturl()
        key = "Bearer KEY" if self.is_external else request.headers["Authorization"]
        headers = {"Authorization": key, "Content-Type": "application/json"}
        parts = ["curl", "-s", "-w", r"'\n'", "-X", request.method, quote(url + query_of(request))]
        parts += [word for name, value in headers.items() for word in ("-H", quote(f"{name}: {value}"))]
        parts += [] if request.body is None else ["-d", quote(json_text(request.body))]
        return " ".join(parts)


def query_of(request: HttpRequest) -> str:
    """Return the query parameters of a request as the end of its URL."""
    return f"?{urlencode(request.params)}" if request.params else ""


def argument(name: str, value: Any) -> str:
    """Return a value as a keyword argument on its own lines."""
    lines = pformat(value, width=WIDTH).replace("\n", "\n" + " " * len(f"        {name}="))
    return f"        {name}={lines},\n"
