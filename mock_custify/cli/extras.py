"""What the command says when an optional package is not installed."""

from __future__ import annotations

import sys
from typing import Final, NoReturn

import click

EXTRAS: Final = {"trustme": "tls"}


def exit_without_extra(feature: str, error: ModuleNotFoundError) -> NoReturn:
    """Print the extra that `feature` needs, in one line, and exit with 2; raise any other error again."""
    package = (error.name or "").partition(".")[0]
    if package not in EXTRAS:
        raise error
    extra = EXTRAS[package]
    click.echo(f"mock-custify: {feature} needs {package}: pip install 'mock-custify[{extra}]'", err=True)
    sys.exit(2)
