"""The command `mock-custify` and the table of its subcommands."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from mock_custify.cli.extras import exit_without_extra

COMMANDS: Final = {
    "serve": "Run the fake Custify and the data plane on one port.",
    "transform": "Turn messages into requests, without sending them.",
    "send": "Turn messages into requests and deliver them.",
    "show": "Show who belongs to which company in a running fake.",
    "demo": "Send sample messages to a fake and show the result.",
    "contract": "Check every documented promise, law by law.",
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called, for a quick start."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the subcommands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a subcommand, or None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        try:
            command = getattr(import_module(f"mock_custify.cli.{cmd_name}"), cmd_name)
        except ModuleNotFoundError as error:
            exit_without_extra(cmd_name, error)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: mock-custify demo",
)
@click.version_option(package_name="mock-custify")
def main() -> None:
    """Fake Custify on your machine: see and test what your RudderStack events become."""
