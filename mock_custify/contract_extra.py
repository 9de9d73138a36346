"""Finds the contract tests, which need the extra `contract`: the fake never imports them by itself."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

MISSING: Final = "contract needs Hypothesis: pip install 'mock-custify[contract]'"


class ContractNotInstalledError(Exception):
    """The contract tests or Hypothesis are not installed."""


def contract_module(name: str) -> ModuleType:
    """Return the module `custify_contract.<name>`; raise ContractNotInstalledError."""
    if find_spec("hypothesis") is None:  # it is imported as late as possible, because that takes long
        raise ContractNotInstalledError(MISSING)
    try:
        return import_module(f"custify_contract.{name}")
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] != "custify_contract":
            raise
        raise ContractNotInstalledError(MISSING) from error
