"""What many tests start from."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from contract_tests.api import Api

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def api() -> Api:
    """Return a client of an empty fake."""
    return Api()


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the own time of the process be nine hours ahead of UTC."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()
