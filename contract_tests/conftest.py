"""What many tests start from."""

from __future__ import annotations

import pytest

from contract_tests.api import Api


@pytest.fixture
def api() -> Api:
    """Return a client of an empty fake."""
    return Api()
