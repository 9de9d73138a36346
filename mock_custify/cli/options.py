"""The arguments and options that several subcommands share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import click

from custify_transformer import PROFILES
from custify_transformer.javascript import NotJsonError, decode
from mock_custify.cli.terminal import exit_with, printable
from mock_custify.state.json_file import JsonFileError, read_json_file
from mock_custify.workspace.messages.destination import OTHERS, SETTINGS, misspelled_setting, odd_switch


def check_server_url(option: str, url: str) -> None:
    """Raise UsageError for what is not the URL of a server, such as the URL of one of its calls."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise click.UsageError(f"{option}: {url!r} is not a URL: give one such as http://127.0.0.1:8765")
    if CALLS & {*parts.path.split("/")} or parts.query or parts.fragment:
        raise click.UsageError(
            f"{option}: {url!r} is the URL of a call: give the address of the server only, "
            f"such as {parts.scheme}://{parts.netloc}"
        )


def refuse_empty(option: str, values: tuple[str, ...]) -> None:
    """Raise UsageError if a value of an option is empty or blank."""
    if not all(value.strip() for value in values):
        raise click.UsageError(f"{option} must not be empty")


# What the paths of calls start with: no server is at such an address.
CALLS: Final = frozenset(
    {"v0", "v1", "_mock", "beacon", "pixel", "batch", "people", "company", "event", "health", "sourceConfig"}
)
file_argument: Final = click.argument("file", default="-")
config_option: Final = click.option(
    "--config",
    metavar="FILE",
    help='Destination settings for messages without their own: a file such as {"apiKey": "KEY"}.',
)
default_config_option: Final = click.option(
    "--config",
    metavar="FILE",
    help='File with destination settings, such as {"sendAnonymousId": true}.',
)
profile_option: Final = click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="documented",
    show_default=True,
    help="What the documentation page says, or what production does.",
)


class WholeNumber(click.IntRange):
    """A whole number in a range, with an error in our own words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is not a whole number{range_of(self.min, self.max)}", param, ctx)


class Number(click.FloatRange):
    """A number in a range, with an error in our own words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is not a number{range_of(self.min, self.max)}", param, ctx)


class Part(click.types.FloatParamType):
    """A part of something as a number, with an error in our own words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{str(value)!r} is not a number such as 0.2 for 20%", param, ctx)


def range_of(least: float | None, most: float | None) -> str:
    """Return a range that has a lower end in words, with a blank before it."""
    return f" of at least {least:g}" if most is None else f" from {least:g} to {most:g}"


class NewFile(click.Path):
    """The path of a file that the command writes at its end, in a folder that must exist at its start."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; fail if its folder does not exist."""
        if str(value) == "-":
            self.fail("- is no file: standard output has the report for people; name a file", param, ctx)
        folder = Path(value).parent
        if folder.exists() and not folder.is_dir():
            self.fail(f"{folder} is not a folder: name a file in a folder", param, ctx)
        if not folder.is_dir():
            self.fail(f"there is no folder {folder}: create it first", param, ctx)
        return super().convert(value, param, ctx)


new_file: Final = NewFile(dir_okay=False, writable=True)


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
    for name, value in settings.items():
        check_setting(f"{option} {path}", name, value)
    return settings


def check_setting(place: str, name: str, value: Any) -> None:
    """End in one line for a misspelled setting; warn of a useless one and of a switch of another type."""
    if near := misspelled_setting(name):
        exit_with(f"{place}: {near}")
    if name not in SETTINGS and name not in OTHERS:
        click.echo(f"mock-custify: {printable(place)}: the setting {name!r} does nothing here", err=True)
    if odd := odd_switch(name, value):
        click.echo(f"mock-custify: {printable(place)}: {printable(odd)}", err=True)
