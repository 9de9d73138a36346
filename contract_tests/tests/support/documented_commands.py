"""Checks a command of a document without running it: programs, files, options and paths exist."""

from __future__ import annotations

import re
import sys
import tomllib
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch
from urllib.parse import urlsplit

import click

from mock_custify import create_app
from mock_custify.cli import main
from support.documents import simple_commands
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.routing import MapAdapter

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ASSIGNMENT: Final = re.compile(r"[A-Z_]+=")
# Programs that are not ours. Their arguments are not checked.
FOREIGN: Final = {
    "cd": "part of the shell",
    "echo": "part of the shell",
    "git": "needs a clone",
    "mutmut": "needs hours",
    "npm": "needs the network",
    "pre-commit": "needs the network",
    "sleep": "part of the shell",
    "sudo": "changes the machine",
    "tee": "changes the machine",
}


class DocumentError(Exception):
    """A document names a command that does not work."""


def check_shell(shell: str) -> None:
    """Check each command in shell text; raise DocumentError for a wrong or unknown one."""
    for words in simple_commands(shell):
        check_command(words)


def check_command(words: list[str]) -> None:
    """Check one command, after the variables that are set for it."""
    while words and ASSIGNMENT.match(words[0]):
        words = words[1:]
    if not words:
        return
    program = words[0].rpartition("bin/")[2]
    if program in FOREIGN:
        return
    if program not in CHECKS:
        raise DocumentError(f"nobody checks the program {program!r}: add it to CHECKS or to FOREIGN")
    CHECKS[program](words[1:])


def check_our_command(arguments: list[str]) -> None:
    """Let click parse the arguments of `mock-custify`."""
    try:
        context = main.make_context("mock-custify", list(arguments))
        name, command, rest = main.resolve_command(context, list(arguments))
        if command is not None:
            command.make_context(name, ["1" if word == "N" else word for word in rest], parent=context)
    except click.UsageError as error:
        raise DocumentError(f"mock-custify {' '.join(arguments)}: {error.message}") from error


def check_pip(arguments: list[str]) -> None:
    """Check that the extras exist that are installed."""
    names = set(PROJECT["optional-dependencies"])
    for argument in arguments:
        if (match := re.fullmatch(r"(?:mock-custify|\.)\[([a-z0-9,]+)\]", argument)) and (
            unknown := set(match[1].split(",")) - names
        ):
            raise DocumentError(f"pip: there is no extra {unknown}")
    if "-c" in arguments:
        check_file([arguments[arguments.index("-c") + 1]])


def check_python(arguments: list[str]) -> None:
    """Check the module after -m, or the file and its options."""
    if arguments[0] == "-m":
        check_module(arguments[1])
    else:
        check_file(arguments[:1])
        check_script(ROOT / arguments[0], arguments[1:])


def check_module(name: str) -> None:
    """Check that a module exists."""
    try:
        found = find_spec(name)
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise DocumentError(f"there is no module {name}")


def check_script(path: Path, arguments: list[str]) -> None:
    """Let click parse the arguments of one of our scripts."""
    script = script_at(path)
    if isinstance(command := getattr(script, "main", None), click.Command):
        try:
            command.make_context(path.name, list(arguments))
        except click.UsageError as error:
            raise DocumentError(f"{path.name}: {error.message}") from error
    elif any(argument.startswith("-") for argument in arguments):
        raise DocumentError(f"{path.name} has no options")


@cache
def script_at(path: Path) -> Any:
    """Return the module of a script."""
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise DocumentError(f"{path} is not a script")
    with patch.object(sys, "path", [str(path.parent), *sys.path]):
        module = module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return module


def check_file(arguments: list[str]) -> None:
    """Check that the files and folders exist."""
    paths = [argument for argument in arguments if not argument.startswith("-")]
    if missing := [path for path in paths if not (ROOT / path).exists()]:
        raise DocumentError(f"there is no {missing[0]}")


def check_installed(name: str) -> Callable[[list[str]], None]:
    """Return a check that the tools for contributors include a program."""

    def check(_arguments: list[str]) -> None:
        if not (Path(sys.prefix) / "bin" / name).exists():
            raise DocumentError(f"{name} is not installed by .[dev]")

    return check


@cache
def routes() -> MapAdapter:
    """Return the routes of the fake."""
    return create_app().url_map.bind("localhost")


def check_curl(arguments: list[str]) -> None:
    """Check that the fake has the call."""
    url = next(argument for argument in arguments if argument.startswith("http"))
    method = (
        arguments[arguments.index("-X") + 1] if "-X" in arguments else "POST" if "-d" in arguments else "GET"
    )
    if not routes().test(urlsplit(url).path, method):
        raise DocumentError(f"the fake has no call {method} {url}")


def check_docker(arguments: list[str]) -> None:
    """Check what docker builds from, and the arguments of our command after the image."""
    check_file([{"build": "Dockerfile", "compose": "compose.yaml", "run": "Dockerfile"}[arguments[0]]])
    if arguments[0] == "run":
        check_our_command(arguments[arguments.index("mock-custify") + 1 :])


def check_inner(arguments: list[str]) -> None:
    """Check the shell text of `sh -c`."""
    check_shell(arguments[1])


CHECKS: Final[dict[str, Callable[[list[str]], None]]] = {
    "mock-custify": check_our_command,
    "pip": check_pip,
    "pipx": check_pip,
    "uvx": check_command,
    "python": check_python,
    "python3": check_python,
    "pytest": check_file,
    ".ci/check": lambda _: check_file([".ci/check"]),
    ".ci/run": lambda _: check_file([".ci/run"]),
    "ruff": check_installed("ruff"),
    "flask": check_installed("flask"),
    "curl": check_curl,
    "docker": check_docker,
    "timeout": lambda words: check_command(words[1:]),
    "sh": check_inner,
}
