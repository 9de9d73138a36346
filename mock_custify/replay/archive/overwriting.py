"""Finds the file of an archive that a result would overwrite."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mock_custify.replay.archive.archive_file import ArchiveFile


def overwritten(outputs: Collection[str], files: Iterable[ArchiveFile]) -> str:
    """Return the path of the first file that is one of `outputs`, "" when there is none."""
    written = [output for output in outputs if Path(output).is_file()]
    return next((file.path for file in files if any(is_same(one, file.path) for one in written)), "")


def is_same(one: str, other: str) -> bool:
    """Tell whether two paths lead to one file."""
    try:
        return os.path.realpath(one) == os.path.realpath(other) or Path(one).samefile(other)
    except OSError:
        return False
