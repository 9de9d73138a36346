"""What tests of documents start from."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mock_custify import MockCustify
from mock_custify.samples import make_shop
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

MESSAGES = Path(make_shop.__file__).with_name("messages.jsonl")


@pytest.fixture(scope="session")
def document_server() -> Iterator[MockCustify]:
    """Return a server that accepts the keys of the documents."""
    with MockCustify.serve() as server:
        yield server


@pytest.fixture
def document_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with the files that documents name."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    shutil.copy(MESSAGES, tmp_path / "events.jsonl")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path
