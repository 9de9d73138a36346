"""Reads the archives of `--like`, with the reader of `mock-custify replay`."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import click

from custify_contract.strategies.archive_shapes import ArchiveShapes
from mock_custify.cli.terminal import printable
from mock_custify.cli.workspace_tree import counted
from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows
from mock_custify.replay.archive.row import Row
from mock_custify.replay.errors import ReplayError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.replay.archive.row import Unreadable

NAMED: Final = 5  # unreadable lines that are printed


def learn(paths: tuple[str, ...]) -> ArchiveShapes:
    """Return the shapes of the messages in archives, none without a path; print what is unreadable."""
    shapes = ArchiveShapes()
    if not paths:
        return shapes
    problems: list[Unreadable] = []
    try:
        shapes.learn(messages_in(paths, problems))
    except ReplayError as error:
        raise click.BadParameter(str(error), param_hint="--like") from error
    if problems:
        print_unreadable(problems)
    if not shapes.counts:
        raise click.BadParameter(f"{', '.join(paths)} has no identify, track or group", param_hint="--like")
    return shapes


def messages_in(paths: tuple[str, ...], problems: list[Unreadable]) -> Iterator[Any]:
    """Yield the messages of archives; add what cannot be read to `problems`."""
    listing = list_files(paths)
    for row in chain(listing.unreadable, read_rows(listing.files)):
        if isinstance(row, Row):
            yield row.message
        else:
            problems.append(row)


def print_unreadable(problems: list[Unreadable]) -> None:
    """Print how many lines and files are unreadable, and the first of them, on stderr."""
    click.echo(f"mock-custify: --like: {counted(len(problems), 'lines', 'line')} unreadable", err=True)
    for one in problems[:NAMED]:
        click.echo(f"  {printable(f'{one.place} {one.reason}')}", err=True)
    if (left := len(problems) - NAMED) > 0:
        click.echo(f"  and {left} more", err=True)
