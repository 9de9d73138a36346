"""What the command says when an optional package is not installed."""

from __future__ import annotations

from typing import Final, NoReturn

from mock_custify.cli.terminal import exit_with
from mock_custify.missing_extra import how_to_install

EXTRAS: Final = {"trustme": "tls"}


def exit_without_extra(feature: str, error: ModuleNotFoundError) -> NoReturn:
    """Print the extra that `feature` needs, in one line, and exit with 2; raise any other error again."""
    package = (error.name or "").partition(".")[0]
    if package not in EXTRAS:
        raise error
    extra = EXTRAS[package]
    exit_with(f"{feature} needs {package}: {how_to_install(extra)}")
