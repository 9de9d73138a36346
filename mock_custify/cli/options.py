"""The arguments and options that several subcommands share."""

from __future__ import annotations

from typing import Any, Final

import click

from custify_transformer import PROFILES
from custify_transformer.javascript import NotJsonError, decode

file_argument: Final = click.argument("file", type=click.File("rb"), default="-")
config_option: Final = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, readable=True),
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
    """Return the destination settings in a file, None without a file; raise UsageError for a wrong file.

    The file holds either the settings themselves or a destination with its Config.
    """
    if path is None:
        return None
    with click.open_file(path, "rb") as file:
        try:
            settings = decode(file.read())
        except NotJsonError as error:
            raise click.UsageError(f"{option} {path}: not JSON: {error}") from error
    settings = settings.get("Config", settings) if isinstance(settings, dict) else None
    if not isinstance(settings, dict):
        raise click.UsageError(f'{option} {path}: expected an object such as {{"apiKey": "..."}}')
    return settings
