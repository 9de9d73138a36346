"""What the command prints: on streams of any encoding, and without characters that could steer a terminal."""

from __future__ import annotations

import logging
import re
import shlex
import shutil
import sys
from functools import partialmethod
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click
from rich.console import Console, RenderHook
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import ConsoleOptions, ConsoleRenderable, RenderResult

# Control characters but for tab and line feed, those that turn the direction of text, other line ends, halves
# of a character.
UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str) -> str:
    r"""Return text in which every character that could steer a terminal is shown, as in \x1b."""
    return UNPRINTABLE.sub(lambda match: ascii(match[0])[1:-1], text)


def prepare_streams() -> None:
    """Print what the encoding of a stream does not have as an escape, instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def exit_with(text: str, status: int = 2) -> NoReturn:
    """Print why the command cannot go on, in one line on stderr, and exit."""
    click.echo(f"mock-custify: {printable(' '.join(text.split()))}", err=True)
    sys.exit(status)


def make_console(*, stderr: bool = False, width: int | None = None) -> Console:
    """Return a console that shows control characters in what it prints instead of sending them."""
    console = UncutConsole(stderr=stderr, highlight=False, width=width)
    console.push_render_hook(PrintableHook())
    return console


class UncutConsole(Console):
    """A console that never cuts a line off: control characters become longer when they are shown."""

    print = partialmethod(Console.print, crop=False)


class PrintableHook(RenderHook):
    """Makes everything printable that a console is about to print."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return the same things, printable."""
        return [Printable(renderable) for renderable in renderables]


class Printable:
    """Something to print, with its control characters shown; those of rich itself stay."""

    def __init__(self, content: ConsoleRenderable) -> None:
        self.content = content

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Return the parts."""
        yield from printable_segments(console.render(self.content, options))


def printable_segments(segments: Iterable[Segment]) -> Iterable[Segment]:
    """Return parts of an output, printable."""
    for segment in segments:
        yield segment if segment.control else Segment(printable(segment.text), segment.style)


class PrintableFormatter(logging.Formatter):
    """Formats log records for a terminal: paths and bodies in them come from clients."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record, printable."""
        return printable(super().format(record))


def log_to_stderr() -> None:
    """Send the log of the fake to stderr."""
    handler: logging.StreamHandler[Any] = logging.StreamHandler()
    handler.setFormatter(PrintableFormatter("%(message)s"))
    logging.getLogger("mock_custify").addHandler(handler)


def program() -> str:
    """Return how the command was started, to be typed again in the same place."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m mock_custify"
    found = shutil.which("mock-custify")
    is_on_path = found is not None and called.exists() and Path(found).samefile(called)
    return "mock-custify" if is_on_path else shlex.quote(sys.argv[0])
