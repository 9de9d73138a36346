"""How to install an extra that is missing: a command that works in a clone and before this is published."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

PACKAGES: Final = {
    "contract": ("hypothesis",),
    "tls": ("trustme",),
    "parquet": ("pyarrow",),
    "s3": ("fsspec", "s3fs"),
    "ray": ("ray",),
}


def how_to_install(extra: str) -> str:
    """Return the command that installs the packages of an extra, and the name of the extra."""
    return f"{pip_install(*PACKAGES[extra])} (the extra mock-custify[{extra}])"


def pip_install(*packages: str) -> str:
    """Return the command that installs packages next to this one."""
    return f"{interpreter()} -m pip install {' '.join(packages)}"


def interpreter() -> str:
    """Return how to call this Python: by its name if the shell finds it, else by its path from here."""
    python = Path(sys.executable)
    found = shutil.which(python.name)
    if found is not None and Path(found) == python:
        return python.name
    here = Path.cwd()
    return shlex.quote(str(python.relative_to(here) if python.is_relative_to(here) else python))
