"""A fake that stands for a Custify elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread
from mock_custify.workspace import Store
from support.sandbox import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Return the URL of a fake that accepts only KEY."""
    server = ServerThread(create_app(Store([KEY])))
    yield server.url
    server.stop()
