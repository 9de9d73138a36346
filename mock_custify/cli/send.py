"""`mock-custify send`: messages in, requests delivered, a summary at the end."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import urlsplit

import click
import requests
from rich.console import Console
from rich.markup import escape
from rich.progress import track as progress

from mock_custify.cli.options import config_option, file_argument, profile_option, read_config
from mock_custify.cli.sender import Sender
from mock_custify.cli.transformed_lines import transform_lines
from mock_custify.cli.workspace_tree import counted
from mock_custify.dataplane.delivery.retry import SUCCESS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.cli.transformed_lines import TransformedLine

SHOWN: Final = 200  # characters of an answer that refuses


@dataclass(slots=True)
class Summary:
    """How many messages and requests were sent; `refused` counts messages by reason."""

    sent: int = 0
    requests: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    retried: int = 0

    def print(self, console: Console) -> None:
        """Print the closing lines."""
        messages = counted(self.sent, "messages", "message")
        console.print(f"sent     {messages} as {counted(self.requests, 'requests', 'request')}")
        console.print(f"refused  {self.refused.total()}")
        for reason, count in self.refused.most_common():
            console.print(f"         {count} x {escape(reason)}", soft_wrap=True)
        console.print(f"retried  {counted(self.retried, 'requests', 'request')}")


@click.command(epilog="Example: mock-custify send messages.jsonl --to http://127.0.0.1:8765 --api-key KEY")
@file_argument
@click.option("--to", "url", required=True, metavar="URL", help="The Custify that receives the requests.")
@click.option("--api-key", metavar="KEY", help="Wins over the key of --config and of the messages.")
@config_option
@profile_option
def send(file: BinaryIO, url: str, api_key: str | None, config: str | None, profile: str) -> None:
    """Turn RudderStack messages into Custify requests and deliver them.

    FILE (or stdin) has one JSON message a line, as for transform. Exits with 0 when every message was
    delivered, 1 when some were refused.
    """
    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"--to {url}: expected a URL such as http://127.0.0.1:8765")
    console = Console(stderr=True, highlight=False)
    lines = list(transform_lines(file, read_config(config), profile, api_key))
    try:
        summary = deliver_all(lines, Sender(url), console)
    except requests.RequestException as error:
        why = "is not trusted here" if isinstance(error, requests.exceptions.SSLError) else "does not answer"
        console.print(
            f"mock-custify: {escape(url)} {why} ({type(error).__name__}): nothing more was sent",
            soft_wrap=True,
        )
        sys.exit(1)
    summary.print(Console(highlight=False))
    sys.exit(1 if summary.refused else 0)


def deliver_all(lines: Iterable[TransformedLine], sender: Sender, console: Console) -> Summary:
    """Deliver the requests of every line, in order."""
    summary = Summary()
    shown = console.is_terminal
    for line in progress(lines, "sending", console=console, disable=not shown, transient=True):
        reason = deliver(line, sender, summary)
        if reason:
            summary.refused[reason] += 1
        else:
            summary.sent += 1
    summary.retried = sender.retried
    return summary


def deliver(line: TransformedLine, sender: Sender, summary: Summary) -> str:
    """Deliver the requests of one line; return why it was refused, "" when it was not."""
    for request in line.requests:
        response = sender.send(request)
        summary.requests += 1
        if response.status_code not in SUCCESS:
            text = " ".join(response.text[:SHOWN].split())
            return f"{request.method} {urlsplit(request.endpoint).path}: {response.status_code} {text}"
    return line.error
