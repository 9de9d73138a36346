"""The command line: one module for each subcommand, imported when it is used."""

from mock_custify.cli.subcommands import main

__all__ = ["main"]
