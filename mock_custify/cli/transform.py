"""`mock-custify transform`: messages in, requests out, nothing sent."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from custify_transformer.javascript import NotJsonError, encode
from mock_custify.cli.messages import (
    Outcome,
    config_option,
    file_argument,
    outcomes,
    profile_option,
    read_config,
)


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
    for number, outcome in enumerate(outcomes(file, read_config(config), profile), 1):
        ok, line = printed(outcome, number)
        all_ok = all_ok and ok
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
    sys.exit(0 if all_ok else 1)


def printed(outcome: Outcome, number: int) -> tuple[bool, bytes]:
    """Return whether the line was ok, and its output line."""
    try:
        return not outcome.kind, encode(outcome.to_json()) + b"\n"
    except NotJsonError as error:
        unprintable = Outcome((), f"line {number} cannot be printed: {error}", "input", 400, number)
        return False, encode(unprintable.to_json()) + b"\n"
