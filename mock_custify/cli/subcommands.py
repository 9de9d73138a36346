"""The command `mock-custify` and the table of its subcommands."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Final

import click

from mock_custify.cli.terminal import prepare_streams, printable
from mock_custify.contract_extra import ContractNotInstalledError, contract_module

COMMANDS: Final = {
    "serve": "Run the fake Custify and the data plane on one port.",
    "transform": "Turn messages into requests, without sending them.",
    "send": "Turn messages into requests and deliver them.",
    "show": "Show who belongs to which company in a running fake.",
    "replay": "Show what an archive of events would do to Custify.",
    "demo": "Send sample messages to a fake and show the result.",
    "contract": "Check every statement of the documentation, law by law.",
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called, for a quick start."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the subcommands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a subcommand, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        try:
            module = (
                contract_module("cli.contract")
                if cmd_name == "contract"
                else import_module(f"mock_custify.cli.{cmd_name}")
            )
        except ContractNotInstalledError as error:
            return unavailable(cmd_name, str(error))
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand that is called; raise UsageError with a suggestion for an unknown name."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        near = get_close_matches(name, COMMANDS, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(COMMANDS)}"
        raise click.UsageError(f"there is no command {printable(name)!r}: {hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def unavailable(name: str, reason: str) -> click.Command:
    """Return a command that prints why it cannot run, whatever its arguments are, and exits with 2."""

    @click.command(name, context_settings={"ignore_unknown_options": True}, add_help_option=False)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def command(arguments: tuple[str, ...]) -> None:  # noqa: ARG001 - they are not read
        click.echo(f"mock-custify: {reason}", err=True)
        sys.exit(2)

    return command


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: mock-custify demo",
)
@click.version_option(package_name="mock-custify")
def main() -> None:
    """Fake Custify on your machine: see and test what your RudderStack events become."""
    prepare_streams()
