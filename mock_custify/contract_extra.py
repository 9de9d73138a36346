"""Finds the contract tests, which need the extra `contract`: the fake never imports them by itself."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mock_custify.missing_extra import how_to_install

if TYPE_CHECKING:
    from types import ModuleType


class ContractNotInstalledError(Exception):
    """The contract tests or Hypothesis are not installed; the text says how to install them."""

    def __init__(self) -> None:
        super().__init__(f"contract needs Hypothesis: {how_to_install('contract')}")


def contract_module(name: str) -> ModuleType:
    """Return the module `custify_contract.<name>`; raise ContractNotInstalledError."""
    if find_spec("hypothesis") is None:  # it is imported as late as possible, because that takes long
        raise ContractNotInstalledError
    try:
        return import_module(f"custify_contract.{name}")
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] != "custify_contract":
            raise
        raise ContractNotInstalledError from error
