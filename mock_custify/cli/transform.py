"""`mock-custify transform`: messages in, requests out, nothing sent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.progress import track as progress

from custify_transformer.javascript import NotJsonError, encode
from mock_custify.cli.line_hints import LineHints
from mock_custify.cli.message_input import open_messages
from mock_custify.cli.options import config_option, file_argument, profile_option, read_config
from mock_custify.cli.terminal import make_console
from mock_custify.cli.transformed_lines import TransformedLine, refuse_line, transform_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@click.command(epilog="Example: mock-custify transform messages.jsonl --config destination.json")
@file_argument
@click.option("--api-key", metavar="KEY", help="Used instead of the key of --config and of the messages.")
@config_option
@profile_option
def transform(file: str, api_key: str | None, config: str | None, profile: str) -> None:
    """Turn RudderStack messages into Custify requests, without sending them.

    FILE (or stdin) has JSON messages: one a line, an array or {"batch": [...]}, also compressed with gzip. An
    entry is a message, or {"message": ..., "destination": {"Config": ...}}. The command prints one JSON line
    for each message, and on stderr what to change. The exit status is 0 if all were transformed, 1 if some
    were not.
    """
    settings, all_ok, hints = read_config(config), True, LineHints()
    with open_messages(file) as messages:
        for line in shown_progress(transform_lines(messages, settings, profile, api_key)):
            ok, output = print_line(line)
            all_ok = all_ok and ok
            hints.add(line.hint, line.line or 0)
            sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()
    hints.print(make_console(stderr=True))
    sys.exit(0 if all_ok else 1)


def shown_progress(lines: Iterator[TransformedLine]) -> Iterable[TransformedLine]:
    """Return the lines, and count them on the terminal while the output goes into a file."""
    console = make_console(stderr=True)
    if sys.stdout.isatty() or not console.is_terminal:
        return lines
    return progress(lines, "transforming", console=console, transient=True)


def print_line(line: TransformedLine) -> tuple[bool, bytes]:
    """Return whether the line was ok, and its output."""
    try:
        return not line.kind, encode(line.to_json()) + b"\n"
    except NotJsonError as error:
        return False, encode(refuse_line(line.line or 0, f"cannot be printed: {error}").to_json()) + b"\n"
