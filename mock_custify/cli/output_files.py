"""Checks that no file which a command writes is another one that it writes or reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mock_custify.replay.archive.overwriting import is_same

if TYPE_CHECKING:
    from collections.abc import Mapping


def refuse_overwriting(outputs: Mapping[str, str | None], inputs: Mapping[str, str | None]) -> None:
    """Raise UsageError if a file of `outputs` is that of another option; both have files by option."""
    written = {option: path for option, path in outputs.items() if path and is_file(path)}
    known = {option: path for option, path in inputs.items() if path}
    for option, path in written.items():
        for other, taken in known.items():
            if is_same(path, taken):
                raise click.UsageError(f"{option} and {other} name the same file, {path}: give each its own")
        known[option] = path


def is_file(path: str) -> bool:
    """Tell whether a path is that of a file, or of one to be made; devices and pipes can be written twice."""
    return Path(path).is_file() or not Path(path).exists()
