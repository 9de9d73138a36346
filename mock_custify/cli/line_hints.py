"""Hints about the lines of an input: what would let a refused message through, and what looks misspelled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import click
from rich.markup import escape

from mock_custify.cli.terminal import printable
from mock_custify.workspace.messages.destination import OTHERS, SETTINGS, misspelled_setting, odd_switch
from mock_custify.workspace.messages.refusal_hints import hint_of, joined, misspelled_fields

if TYPE_CHECKING:
    from rich.console import Console

    from custify_transformer import Destination

LINES: Final = 10  # lines that are named for one hint
MOST_HINTS: Final = 20
NO_KEY: Final = (  # the beginnings of the reasons of both profiles
    "apiKey is mandatory",
    "Cannot read properties of undefined (reading 'apiKey')",
    "Cannot destructure property",
)
GIVE_KEY: Final = "give the key with --api-key KEY, or as apiKey in the file of --config"
IN_CONFIG: Final = 'apiKey belongs into Config: {"destination": {"Config": {"apiKey": "KEY"}}}'


@dataclass(slots=True)
class Lines:
    """How many lines something is about, with the numbers of the first ones."""

    first: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, number: int) -> None:
        """Count a line."""
        self.count += 1
        if len(self.first) < LINES:
            self.first.append(number)

    def __str__(self) -> str:
        """Return the lines in words."""
        more = f" and {self.count - LINES} more" if self.count > LINES else ""
        return f"line{'s' * (self.count > 1)} {', '.join(map(str, self.first))}{more}"


class LineHints:
    """The hints of an input, each with its lines."""

    def __init__(self) -> None:
        self.found: dict[str, Lines] = {}

    def add(self, hint: str, number: int) -> None:
        """Keep a hint about a line; further hints of a kind that is not kept yet are left out."""
        if hint in self.found or (hint and len(self.found) < MOST_HINTS):
            self.found.setdefault(hint, Lines()).add(number)

    def print(self, console: Console) -> None:
        """Print each hint after its lines."""
        for hint, lines in self.found.items():
            console.print(escape(f"hint: {lines}: {hint}"), soft_wrap=True)


def line_hint(reason: str, message: Any, destination: Destination, beside: Any) -> str:
    """Return what to change in a line; `beside` is the destination that it brings, or None."""
    config = {"sendAnonymousId": destination.send_anonymous_id is True}
    own = (IN_CONFIG if misplaced_key(beside) else GIVE_KEY) if reason.startswith(NO_KEY) else ""
    return joined(misspelled_fields(message), own or hint_of(reason, message, config) if reason else "")


def misplaced_key(beside: Any) -> bool:
    """Tell whether the destination of a line has its key next to its Config."""
    return isinstance(beside, dict) and "apiKey" in beside


class SettingWarnings:
    """Warns on stderr of the settings in messages that are misspelled, useless or of another type, once."""

    def __init__(self) -> None:
        self.seen = {*SETTINGS, *OTHERS}
        self.most = len(self.seen) + MOST_HINTS

    def check(self, number: int, beside: Any) -> None:
        """Check the destination of a line."""
        config = beside.get("Config") if isinstance(beside, dict) else None
        for name, value in config.items() if isinstance(config, dict) else ():
            odd = odd_switch(name, value)
            if (odd or name) not in self.seen and len(self.seen) < self.most:
                self.seen.add(odd or name)
                told = odd or misspelled_setting(name) or f"the setting {name[:80]!r} does nothing here"
                click.echo(f"mock-custify: line {number}: destination.Config: {printable(told)}", err=True)
