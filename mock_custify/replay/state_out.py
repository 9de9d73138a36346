"""Writes the state after a replay to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.replay.errors import ReplayError
from mock_custify.replay.findings import fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from mock_custify.replay.fold.tally import Tally
    from mock_custify.replay.kept_state import KeptState
    from mock_custify.workspace.records import Records


def write_state(path: Path, kept: KeptState, before: Records, tally: Tally) -> None:
    """Write the state after the replay; raise ReplayError."""
    types: dict[str, dict[str, str]] = {kind: dict(known) for kind, known in before.fields.types.items()}
    for one in fields_of(tally, before.fields.types):
        types[one.kind].setdefault(one.name, one.type)
    try:
        with path.open("wb") as file:
            kept.write(file, before, types)
    except OSError as error:
        raise ReplayError(f"{path} cannot be written: {error.strerror or error}") from error
