"""A broken law again: with its seed, as a file for `mock-custify send`, as a pytest test, with curl."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pprint import pformat
from shlex import quote
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from custify_contract.snapshot import json_text
from custify_contract.targets import API_KEY

if TYPE_CHECKING:
    from custify_contract.law import Law, Trial
    from custify_transformer import HttpRequest

WIDTH: Final = 100


@dataclass(frozen=True)
class Again:
    """The ways to play the case of a `trial` again, each as lines to copy."""

    law: Law
    seed: int
    examples: int
    trial: Trial

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

    @property
    def elsewhere(self) -> bool:
        """Tell whether the Custify under test is not ours."""
        return bool(self.trial.custify.options)

    def file(self) -> str:
        """Return the messages as JSON lines, each with its destination, as `mock-custify send` reads them."""
        settings = {"Config": self.trial.case.settings}
        lines = [{"message": message, "destination": settings} for message in self.trial.messages]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    def send_lines(self) -> list[str]:
        """Return shell commands that send the messages to what was there before, the file included."""
        if not self.trial.messages:
            return ["(the law makes direct calls: see the curl lines)"]
        key = " --api-key KEY" if self.elsewhere else ""
        command = f"mock-custify send broken.jsonl --to {self.trial.custify.url}{key}{self.profile_option}"
        before = [self.curl_line(request) for request in self.trial.setup]
        return [*self.start_lines(), *before, *self.with_file(command), *self.look_lines()]

    def start_lines(self) -> list[str]:
        """Return what the reader has to have at hand first."""
        if self.elsewhere:
            return [
                f"# KEY is the API key of {self.trial.custify.url}; the run has deleted what it made there"
            ]
        return ["# beside a fresh fake: mock-custify serve"]

    def look_lines(self) -> list[str]:
        """Return a shell command that shows what came of it; another Custify has no such call."""
        if self.elsewhere:
            return []
        bearer = quote(f"Authorization: Bearer {self.trial.case.settings.get('apiKey') or API_KEY}")
        return [f"curl -s {self.trial.custify.url}/_mock/state -H {bearer} | python3 -m json.tool"]

    def with_file(self, command: str) -> list[str]:
        """Return a shell command that reads broken.jsonl, after the lines that make the file."""
        return ["cat > broken.jsonl <<'END'", *self.file().splitlines(), "END", command]

    def test_lines(self) -> list[str]:
        """Return the lines of the test; it plays the case on what is ours."""
        strange = self.elsewhere or self.trial.transformer.calls_itself
        note = ["# on our own transformer and fake, to compare: it passes when the fault lies elsewhere"]
        return [*(note if strange else []), *self.test().splitlines()]

    def test(self) -> str:
        """Return a pytest test that plays the case."""
        name = "".join(char if char.isalnum() else "_" for char in self.law.id)
        case = self.trial.case
        parts = {name: getattr(case, name) for name in ("messages", "settings", "setup", "facts")}
        spelled = "".join(argument(name, value) for name, value in parts.items())
        profile = f", profile={self.profile!r}" if self.profile_option else ""
        floats = "from math import inf, nan\n\n" if re.search(r"\b(inf|nan)\b", spelled) else ""
        head = f"{floats}from custify_contract.law import Case\nfrom custify_contract.laws import get_law\n"
        body = (
            f"    case = Case(\n{spelled}    )\n\n    check_case(get_law({self.law.id!r}), case{profile})\n"
        )
        return f"{head}from custify_contract.runner import check_case\n\n\ndef test_{name}():\n{body}"

    def curl(self) -> list[str]:
        """Return the calls as shell commands; without any, one that shows what the messages become."""
        if self.sends_nothing:
            command = f"mock-custify transform broken.jsonl --profile {self.profile}"
            return ["# nothing was sent, so there is no call; this shows why", *self.with_file(command)]
        calls = [self.curl_line(request) for request in (*self.trial.setup, *self.trial.requests)]
        return [*self.start_lines(), *calls, *self.look_lines()]

    def curl_line(self, request: HttpRequest) -> str:
        """Return a request as a shell command."""
        url = self.trial.custify.url + urlsplit(request.endpoint)._replace(scheme="", netloc="").geturl()
        key = "Bearer KEY" if self.elsewhere else request.headers["Authorization"]
        headers = {"Authorization": key, "Content-Type": "application/json"}
        parts = ["curl", "-s", "-w", r"'\n'", "-X", request.method, quote(url + query_of(request))]
        parts += [word for name, value in headers.items() for word in ("-H", quote(f"{name}: {value}"))]
        return " ".join(
            [*parts, *(["-d", quote(json_text(request.body))] if request.body is not None else [])]
        )


def query_of(request: HttpRequest) -> str:
    """Return the parameters of a request as the end of its address."""
    pairs = "&".join(f"{name}={value}" for name, value in request.params.items())
    return f"?{pairs}" if pairs else ""


def argument(name: str, value: Any) -> str:
    """Return a value as an argument of a call, on lines of its own."""
    lines = pformat(value, width=WIDTH).replace("\n", "\n" + " " * len(f"        {name}="))
    return f"        {name}={lines},\n"
