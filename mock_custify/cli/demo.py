"""`mock-custify demo`: sample messages are sent to a fake and the result is shown, in one process."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import click
from rich.markup import escape

from mock_custify.app import create_app
from mock_custify.cli.send import Summary, deliver_all
from mock_custify.cli.sender import Sender
from mock_custify.cli.show import read_state
from mock_custify.cli.terminal import make_console, program
from mock_custify.cli.transformed_lines import transform_lines
from mock_custify.cli.workspace_tree import workspace_tree
from mock_custify.server.server import ServerThread

API_KEY = "demo-key"


@click.command(epilog="Example: mock-custify demo")
def demo() -> None:
    """Start a fake, send the sample messages, and print who belongs to which company.

    All data stays on this machine. The sample has twelve messages of three companies. One message has no id
    and one has a type that Custify does not support: both are refused, with the reason.
    """
    console = make_console()
    server = ServerThread(create_app())
    console.print("a fake Custify runs until the demo ends")
    with as_file(files("mock_custify.samples") / "messages.jsonl") as sample, sample.open("rb") as file:
        console.print(f"the messages are the lines of {escape(shortest(sample))}", soft_wrap=True)
        lines = list(transform_lines(file, {"apiKey": API_KEY}, "documented"))
    summary = Summary()
    deliver_all(lines, Sender(server.url), console, summary)
    summary.print(console)
    summary.hints.print(console)
    console.print(workspace_tree(read_state(server.url, API_KEY)))
    server.stop()
    console.print(f"next: {escape(program())} serve", soft_wrap=True)
    console.print("then open http://127.0.0.1:8765/ and send a message from Try it")


def shortest(path: Path) -> str:
    """Return a path from the current folder if it is in it, else the whole path."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
