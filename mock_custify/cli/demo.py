"""`mock-custify demo`: the main job on the sample messages, in one process."""

from __future__ import annotations

from importlib.resources import as_file, files

import click
from rich.console import Console
from rich.markup import escape

from mock_custify.app import create_app
from mock_custify.cli.delivery import Sender
from mock_custify.cli.messages import outcomes
from mock_custify.cli.picture import picture
from mock_custify.cli.send import deliver_all
from mock_custify.cli.show import read_state
from mock_custify.server.server import ServerThread

API_KEY = "demo-key"


@click.command(epilog="Example: mock-custify demo")
def demo() -> None:
    """Start a fake, send the sample messages, and print what became of them.

    Nothing leaves this machine. The sample has twelve messages of three companies; one of them names nobody
    and one is of a type that Custify does not take: both are refused, with the reason.
    """
    console = Console(highlight=False)
    server = ServerThread(create_app())
    console.print(f"a fake Custify answers on {server.url}")
    with as_file(files("mock_custify.samples") / "messages.jsonl") as sample, sample.open("rb") as file:
        lines = list(outcomes(file, {"apiKey": API_KEY}, "documented"))
    deliver_all(lines, Sender(server.url), console).print(console)
    console.print(picture(read_state(server.url, API_KEY)))
    server.stop()
    console.print(f"next: {escape('mock-custify serve')}, and point your own messages at it")
