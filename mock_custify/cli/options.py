"""The arguments and options that several subcommands share."""

from __future__ import annotations

from typing import Any, Final

import click

from custify_transformer import PROFILES
from custify_transformer.javascript import NotJsonError, decode
from mock_custify.cli.terminal import exit_with
from mock_custify.state.json_file import JsonFileError, read_json_file

file_argument: Final = click.argument("file", default="-")
config_option: Final = click.option(
    "--config",
    metavar="FILE",
    help='Destination settings for bare messages, a file such as {"apiKey": "KEY"}.',
)
profile_option: Final = click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="documented",
    show_default=True,
    help="What the page promises, or what production does.",
)


def read_config(path: str | None, option: str = "--config") -> dict[str, Any] | None:
    """Return the destination settings in a file, None without a file; end in one line for a wrong file.

    The file holds either the settings themselves or a destination with its Config.
    """
    if path is None:
        return None
    try:
        settings = decode(read_json_file(path))
    except JsonFileError as error:
        exit_with(f"{option}: {error}")
    except NotJsonError as error:
        exit_with(f"{option} {path}: not JSON: {error}")
    settings = settings.get("Config", settings) if isinstance(settings, dict) else None
    if not isinstance(settings, dict):
        exit_with(f'{option} {path}: expected an object such as {{"apiKey": "..."}}')
    return settings
