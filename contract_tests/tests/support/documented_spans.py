"""Checks inline code of a document: a command, a part of one, or an option."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import click

from mock_custify.cli import main
from support.documented_commands import (
    CHECKS,
    FOREIGN,
    DocumentError,
    check_shell,
    script_at,
)
from support.documents import SUBCOMMANDS
from support.paths import ROOT

# Options of other programs that a document names without their program.
FOREIGN_OPTIONS: Final = {
    "--add-host": "docker",
    "--cacert": "curl",
    "--custify-url": "our plugin for pytest",
    "--dist": "pytest-xdist",
    "--help": "click adds it to each command",
    "--numprocesses": "pytest-xdist",
    "-p": "docker",
}


def check_span(text: str) -> None:
    """Check inline code if it is a command, a part of one, or an option."""
    name, _, rest = text.removeprefix("mock-custify ").partition(" ")
    if text.startswith("-") and len(text) > 1:
        check_options(text, known_options())
    elif name in SUBCOMMANDS and not text.startswith("mock-custify"):
        check_options(rest, options_of(main.get_command(click.Context(main), name)))
    elif is_command(text) and text != f"mock-custify {name}":
        check_shell(text)


def is_command(text: str) -> bool:
    """Tell whether inline code starts with a program and has arguments, or starts with variables for one."""
    first, _, rest = text.partition(" ")
    program = first.rpartition("bin/")[2]
    return bool(rest) and (program in CHECKS or program in FOREIGN or bool(re.match(r"[A-Z_]+=\S* \w", text)))


def check_options(text: str, known: set[str]) -> None:
    """Check that each option in the text is a known one."""
    for option in re.findall(r"(?<!\S)--?[a-z][a-z-]*", text):
        if option not in known:
            raise DocumentError(f"no command has the option {option}")


@cache
def known_options() -> set[str]:
    """Return the options of all our commands and benchmarks, and of other programs that documents name."""
    commands = [main.get_command(click.Context(main), name) for name in SUBCOMMANDS]
    scripts = [getattr(script_at(path), "main", None) for path in sorted((ROOT / "benchmarks").glob("*.py"))]
    return set(FOREIGN_OPTIONS).union(*map(options_of, [*commands, *scripts]))


def options_of(command: object) -> set[str]:
    """Return the options of a command, none for another function."""
    parameters = command.params if isinstance(command, click.Command) else []
    return {option for parameter in parameters for option in parameter.opts}
