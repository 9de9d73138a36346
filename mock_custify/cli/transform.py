"""`mock-custify transform`: messages in, requests out, nothing sent."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from custify_transformer.javascript import NotJsonError, encode
from mock_custify.cli.options import config_option, file_argument, profile_option, read_config
from mock_custify.cli.transformed_lines import TransformedLine, refuse_line, transform_lines


@click.command(epilog="Example: mock-custify transform messages.jsonl --config destination.json")
@file_argument
@config_option
@profile_option
def transform(file: BinaryIO, config: str | None, profile: str) -> None:
    """Turn RudderStack messages into Custify requests, without sending them.

    FILE (or stdin) has one JSON message a line: bare, or as {"message": ..., "destination": {"Config": ...}}.
    Prints one JSON line for each. Exits with 0 when all were ok, 1 when some were not.
    """
    all_ok = True
    for number, line in enumerate(transform_lines(file, read_config(config), profile), 1):
        ok, output = print_line(line, number)
        all_ok = all_ok and ok
        sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()
    sys.exit(0 if all_ok else 1)


def print_line(line: TransformedLine, number: int) -> tuple[bool, bytes]:
    """Return whether the line was ok, and its output."""
    try:
        return not line.kind, encode(line.to_json()) + b"\n"
    except NotJsonError as error:
        return False, encode(refuse_line(number, f"cannot be printed: {error}").to_json()) + b"\n"
