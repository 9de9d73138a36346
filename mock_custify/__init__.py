"""A stateful, in-memory fake of Custify's people, company and event APIs."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mock_custify.app import create_app
    from mock_custify.handle import MockCustify

__all__ = ["MockCustify", "create_app"]


def __getattr__(name: str) -> Any:
    """Return a public name, imported on first use: pytest loads this package at every start."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("mock_custify.app" if name == "create_app" else "mock_custify.handle"), name)
