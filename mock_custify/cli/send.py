"""`mock-custify send`: messages in, requests delivered, a summary at the end."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click
import requests
from rich.markup import escape
from rich.progress import track as progress

from mock_custify.cli.line_hints import LineHints, Lines
from mock_custify.cli.loopback import unreachable
from mock_custify.cli.message_input import open_messages
from mock_custify.cli.options import (
    check_server_url,
    config_option,
    file_argument,
    profile_option,
    read_config,
)
from mock_custify.cli.sender import Sender
from mock_custify.cli.terminal import exit_with, make_console
from mock_custify.cli.transformed_lines import transform_lines
from mock_custify.cli.workspace_tree import counted
from mock_custify.dataplane.delivery.retry import SUCCESS
from mock_custify.dataplane.hints import answer_hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from mock_custify.cli.transformed_lines import TransformedLine

EXAMPLE: Final = """\b
Example:
  mock-custify send messages.jsonl --url http://127.0.0.1:8765 --api-key KEY"""
SHOWN: Final = 200  # characters of an answer that refuses
STOPPED: Final = 130  # the status of a command that Ctrl-C ended


@dataclass(slots=True)
class Summary:
    """How many messages and requests were sent; `refused` has the lines of messages by reason.

    `left` counts messages that were not tried, because somebody stopped the command.
    """

    sent: int = 0
    requests: int = 0
    refused: dict[str, Lines] = field(default_factory=dict)
    hints: LineHints = field(default_factory=LineHints)
    retried: int = 0
    left: int = 0

    def print(self, console: Console) -> None:
        """Print the closing lines."""
        messages = counted(self.sent, "messages", "message")
        console.print(f"sent     {messages} as {counted(self.requests, 'requests', 'request')}")
        console.print(f"refused  {sum(lines.count for lines in self.refused.values())}")
        for reason, lines in sorted(self.refused.items(), key=lambda item: -item[1].count):
            console.print(f"         {lines.count} x {escape(reason)} ({lines})", soft_wrap=True)
        console.print(f"retried  {counted(self.retried, 'requests', 'request')}")
        if self.left:
            console.print(f"stopped  {counted(self.left, 'messages were', 'message was')} not sent")


@click.command(epilog=EXAMPLE)
@file_argument
@click.option(
    "--url",
    "--to",
    "url",
    required=True,
    metavar="URL",
    help="The Custify that receives the requests.",
)
@click.option("--api-key", metavar="KEY", help="Used instead of the key of --config and of the messages.")
@config_option
@profile_option
def send(file: str, url: str, api_key: str | None, config: str | None, profile: str) -> None:
    """Turn RudderStack messages into Custify requests and deliver them.

    FILE (or stdin) has JSON messages, as for transform. The exit status is 0 if every message was
    delivered, 1 if some were refused or no Custify answers at the URL, 130 if Ctrl-C stopped it.
    """
    check_server_url("--url", url)
    console, settings = make_console(stderr=True), read_config(config)
    with open_messages(file) as messages:
        lines = list(transform_lines(messages, settings, profile, api_key))
    summary = Summary()
    try:
        deliver_all(lines, Sender(url), console, summary)
    except requests.RequestException as error:
        sent = "nothing more was sent" if summary.requests else "nothing was sent"
        exit_with(f"{unreachable(url, error)}; {sent}", 1)
    summary.print(make_console())
    summary.hints.print(console)
    sys.exit(STOPPED if summary.left else 1 if summary.refused else 0)


def deliver_all(lines: Sequence[TransformedLine], sender: Sender, console: Console, summary: Summary) -> None:
    """Deliver the requests of every line, in order, until the end or Ctrl-C, and count them in `summary`."""
    summary.left = len(lines)
    shown = console.is_terminal
    with suppress(KeyboardInterrupt):
        for line in progress(lines, "sending", console=console, disable=not shown, transient=True):
            reason = deliver(line, sender, summary)
            summary.left -= 1
            summary.hints.add(line.hint, line.line or 0)
            if reason:
                summary.refused.setdefault(reason, Lines()).add(line.line or 0)
            else:
                summary.sent += 1
    summary.retried = sender.retried


def deliver(line: TransformedLine, sender: Sender, summary: Summary) -> str:
    """Deliver the requests of one line; return why it was refused, "" when it was not."""
    for request in line.requests:
        response = sender.send(request)
        summary.requests += 1
        if response.status_code not in SUCCESS:
            text, path = " ".join(response.text[:SHOWN].split()), urlsplit(request.endpoint).path
            summary.hints.add(answer_hint(response.status_code, path), line.line or 0)
            return f"{request.method} {path}: {response.status_code} {text}"
    return line.error
