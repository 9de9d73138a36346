"""Finds the contract tests, which need the extra `contract`: the fake never imports them by itself."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

PACKAGES: Final = frozenset({"custify_contract", "hypothesis"})


class ContractNotInstalledError(Exception):
    """The contract tests or Hypothesis are not installed."""


def contract_module(name: str) -> ModuleType:
    """Return the module `custify_contract.<name>`; raise ContractNotInstalledError."""
    try:
        return import_module(f"custify_contract.{name}")
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] not in PACKAGES:
            raise
        text = "contract needs Hypothesis: pip install 'mock-custify[contract]'"
        raise ContractNotInstalledError(text) from error
