"""Finds the code blocks and the commands of the documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from shlex import shlex
from typing import TYPE_CHECKING, Final

import pytest
from click.testing import CliRunner

from mock_custify.cli import main
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FENCED: Final = re.compile(
    r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
INDENTED: Final = re.compile(r"^\n {4}", re.MULTILINE)
SPAN: Final = re.compile(r"`([^`]+)`")
REDIRECTION: Final = re.compile(r"\d*>+(&\d|\s*\S+)")
SEPARATORS: Final = {"&&", "||", "|", ";", "&"}
LOOP_WORDS: Final = {"until", "while", "do", "done"}
SUBCOMMANDS: Final = ("serve", "transform", "send", "show", "replay", "demo", "contract")
# Commands that end with another exit status than 0.
STATUS: Final = {"contract --profile production": 1}


@dataclass(frozen=True)
class Block:
    """A fenced code block: its document, its language and its text without the indent."""

    page: str
    language: str
    text: str

    @property
    def first_line(self) -> str:
        """Return the first line, which identifies the block in its document."""
        return self.text.partition("\n")[0]


@dataclass(frozen=True)
class Span:
    """Text between backquotes in a paragraph or a table, on one line."""

    page: str
    text: str


def documents() -> list[Path]:
    """Return the files whose commands a test checks. The changelog also describes older versions."""
    docs = [path for path in (ROOT / "docs").glob("*.md") if path.name != "changelog.md"]
    return [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")), *sorted(docs)]


def blocks() -> list[Block]:
    """Return all fenced code blocks."""
    return [block for path in documents() for block in blocks_of(path.name, path.read_text())]


def blocks_of(page: str, text: str) -> Iterator[Block]:
    """Yield the fenced code blocks of a document."""
    for match in FENCED.finditer(text):
        lines = match["text"].splitlines()
        inner = [line.removeprefix(match["indent"]) for line in lines]
        yield Block(page, match["language"], "\n".join(inner) + "\n")


def spans() -> list[Span]:
    """Return the inline code of all documents."""
    return [
        Span(path.name, " ".join(text.replace("\\|", "|").split()))
        for path in documents()
        for text in SPAN.findall(FENCED.sub("", path.read_text()))
    ]


def pages_with_indented_code() -> list[str]:
    """Return the documents with a code block that has no fence, and so no language."""
    return [path.name for path in documents() if INDENTED.search(FENCED.sub("", path.read_text()))]


def simple_commands(shell: str) -> list[list[str]]:
    """Return the words of each command in shell text, without redirections, loops and comments."""
    lines = REDIRECTION.sub("", shell.replace("\\\n", " ")).splitlines()
    return [command for line in lines for command in commands_of_line(line)]


def commands_of_line(line: str) -> Iterator[list[str]]:
    """Yield the words of each command in one line."""
    lexer = shlex(line, posix=True, punctuation_chars=";&|")
    lexer.whitespace_split = True
    command: list[str] = []
    for word in [*lexer, ";"]:
        if word not in SEPARATORS:
            command += [] if word in LOOP_WORDS else [word]
        elif command:
            yield command
            command = []


def blocks_in(language: str) -> list[Block]:
    """Return the blocks of one language."""
    return [block for block in blocks() if block.language == language]


def of_language(language: str) -> pytest.MarkDecorator:
    """Return a decorator that runs a test with each block of a language, as its argument `block`."""
    found = blocks_in(language)
    return pytest.mark.parametrize(
        "block", found, ids=[f"{one.page}: {one.first_line[:40]}" for one in found]
    )


def invoke(words: list[str]) -> str:
    """Return what our command prints in this process; let the contract check one example of few laws."""
    more = []
    if words[0] == "contract" and not {"--list", "--law"} & {*words}:
        more = ["--law", "like" if "--like" in words else "example.company-headers"]
    more += ["--examples", "1"] if words[0] == "contract" else []
    result = CliRunner().invoke(main, [*words, *more])
    wanted = STATUS.get(" ".join(words), 0)
    if result.exit_code != wanted:
        raise AssertionError(f"exit status {result.exit_code}, not {wanted}: {result.output}")
    return result.stdout
