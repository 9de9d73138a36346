"""The line about a missing extra has a command that works in a clone and before the package is published."""

import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from mock_custify.missing_extra import PACKAGES, how_to_install, interpreter, pip_install
from support.paths import ROOT

EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


@pytest.mark.parametrize("extra", PACKAGES)
def test_the_command_installs_all_packages_of_the_extra(extra):
    names = [re.split(r"[^\w-]", requirement)[0] for requirement in EXTRAS[extra]]

    command = how_to_install(extra).partition(" (")[0]

    assert shlex.split(command)[1:] == ["-m", "pip", "install", *names]


def test_the_line_names_the_extra():
    assert how_to_install("tls").endswith("(the extra mock-custify[tls])")


def test_an_interpreter_in_the_current_folder_is_named_from_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))

    assert pip_install("ray") == f"{Path('.venv/bin/python')} -m pip install ray"


def test_an_interpreter_that_the_shell_finds_is_named_without_its_folder(tmp_path, monkeypatch):
    python = tmp_path / "python3"
    python.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(python))

    assert interpreter() == "python3"


def test_the_path_of_another_interpreter_is_quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "a folder" / "python"))

    assert shlex.split(interpreter()) == [str(tmp_path / "a folder" / "python")]
