"""The files of `mock-custify serve`: what workspaces start from, and where they are kept."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mock_custify.cli.terminal import exit_with
from mock_custify.state.seed_file import SeedFileError, read_seed_file
from mock_custify.state.state_file import Keeper, StateFileError
from mock_custify.workspace.initial_state import InitialState
from mock_custify.workspace.messages.destination import DestinationSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.workspace import Store

SEED_AND_STATE: Final = (
    "--seed: the workspaces in {state} keep their records; a new workspace, and each workspace after a reset,"
    " starts from the seed file"
)


def read_initial_state(seed: str | None, destination: DestinationSettings) -> InitialState:
    """Return what every workspace starts from. Settings of the command line win over those of the seed file.

    Ends with one clear line and status 2 for a seed file that cannot be used.
    """
    if seed is None:
        return InitialState(destination=destination)
    try:
        initial_state = read_seed_file(seed)
    except SeedFileError as error:
        exit_with(f"--seed: {error}")
    return (
        initial_state
        if destination == DestinationSettings()
        else replace(initial_state, destination=destination)
    )


@contextmanager
def keep_state(store: Store, state: str | None, seed: str | None) -> Iterator[None]:
    """Keep the store in the file `state`, when one is given; end in one line when it cannot be used.

    If there is a file `seed`, too, say which of them counts for which workspace.
    """
    if state is None:
        yield
        return
    keeper = Keeper(store, Path(state))
    try:
        keeper.start()
    except StateFileError as error:
        exit_with(f"--state: {error}")
    if seed and store.workspaces:
        click.echo(SEED_AND_STATE.format(state=state), err=True)
    try:
        yield
    finally:
        try:
            keeper.stop()
        except StateFileError as error:
            exit_with(f"--state: {error}", 1)
