"""What many tests start from."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, settings

from support.api import Api

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


FIRST: Final = ("dashboard", "project", "replay", "contract", "cli")
# How long an example takes depends on what else the machine does.
settings.register_profile(
    "without times", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("without times")


def pytest_configure() -> None:
    """Let Python keep bytecode: the tests start many processes, and each takes two seconds more without."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the thousands of collected tests out of every later garbage collection."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders whose files take longest, so that both workers end at about the same time."""
    items.sort(key=lambda item: FIRST.index(name) if (name := item.path.parent.name) in FIRST else len(FIRST))


@pytest.fixture(autouse=True)
def temporary_files_in_the_folder_of_pytest(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Make `contract` write its files where pytest deletes them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.getbasetemp()))


@cache
def shared_client(lane: str) -> Api:
    """Return the client that many tests use one after another: making an application takes long."""
    client = Api()
    client.client.application.testing = lane == "Flask"
    return client


@pytest.fixture(params=["fast lane", "Flask"])
def api(request: pytest.FixtureRequest) -> Api:
    """Return a client of an empty workspace, through the fast lane or through Flask's own path."""
    client = shared_client(request.param)
    client.client.application.store.close(client.key)
    return replace(client, status=0)


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the own time of the process be nine hours ahead of UTC."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()
