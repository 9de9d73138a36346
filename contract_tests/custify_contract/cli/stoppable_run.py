"""A run with progress that Ctrl-C or SIGTERM stops; the records that it created are deleted in any case."""

from __future__ import annotations

import gc
from contextlib import suppress
from typing import TYPE_CHECKING

import click
from rich.progress import track as progress

from custify_contract.run.runner import run_laws
from custify_contract.targets import CannotRunError
from mock_custify.cli.stopping import stopped_by_sigterm
from mock_custify.cli.terminal import make_console, printable
from mock_custify.cli.workspace_tree import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custify_contract.law import Law
    from custify_contract.run.result import Result
    from custify_contract.run.runner import Targets


def run(laws: Sequence[Law], targets: Targets, examples: int, seed: int) -> list[Result]:
    """Return the results, only the first ones if the run is stopped or cannot continue; delete its records.

    Progress is a bar on a terminal. Elsewhere, a run on an external Custify takes minutes and prints one line
    for each law.
    """
    console, results = make_console(stderr=True), []
    has_bar = console.is_terminal
    found = run_laws(laws, targets, examples, seed)
    gc.freeze()  # modules stay: a tenth of the run is spent on looking at them for garbage
    with stopped_by_sigterm():
        try:
            for result in progress(
                found, "laws", len(laws), console=console, transient=True, disable=not has_bar
            ):
                results.append(result)
                if targets.custify.options and not has_bar:
                    click.echo(f"{result.law.id}: {result.outcome}", err=True)
        except KeyboardInterrupt:
            click.echo(
                "mock-custify: stopped; deleting the records of this run (stop again to skip)", err=True
            )
        except CannotRunError as error:
            click.echo(f"mock-custify: {printable(str(error))}", err=True)
        finally:
            clean_up(targets)
            gc.unfreeze()
    return results


def clean_up(targets: Targets) -> None:
    """Delete the records of the run, unless stopped again; print what is not deleted."""
    with suppress(KeyboardInterrupt):
        targets.close()
    if left := targets.custify.left:
        prefix = left[0].partition("-")[0]
        records = counted(len(left), "records", "record")
        click.echo(f"mock-custify: not deleted: {records} with ids that begin with {prefix}-", err=True)
