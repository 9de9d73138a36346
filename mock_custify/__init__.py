"""A stateful fake of Custify's REST API. Its records are in memory.

`MockCustify` is the fake for a test: see `help(mock_custify.MockCustify)`. `create_app()` returns the Flask
application. The command `mock-custify serve` runs it on a port.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mock_custify.app import create_app
    from mock_custify.testing.fake import MockCustify

__all__ = ["MockCustify", "create_app"]

MODULES: Final = {"MockCustify": "mock_custify.testing.fake", "create_app": "mock_custify.app"}


def __getattr__(name: str) -> Any:
    """Import a public name on first use: pytest loads this package at every start."""
    if name not in MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(MODULES[name]), name)
