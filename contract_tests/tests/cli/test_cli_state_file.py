"""`mock-custify serve --state` as a process: one server at a time may use a file, on every system."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from mock_custify.cli import state_files
from mock_custify.server.server import listen
from mock_custify.state import locked_file
from mock_custify.state import state_file as persistence
from mock_custify.state.state_file import Keeper, replace_file
from mock_custify.workspace import Store

COMMAND = [sys.executable, "-m", "mock_custify", "serve", "--port", "0", "--state"]
# Windows has none of these modules and cannot open a folder.
WITHOUT_POSIX = """
import sys
sys.modules.update(dict.fromkeys(["fcntl", "grp", "pwd", "resource", "termios", "uvloop"]))
"""


@contextmanager
def serving(path, **environment):
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([*COMMAND, str(path)], env={**os.environ, **environment}, **pipes) as process:
        url = process.stdout.readline().removeprefix("mock-custify ready on ").rstrip()
        try:
            yield process, url
        finally:
            process.kill()


def refuse_folders(path, *options, opened=os.open):
    """Open a file, as Windows does."""
    if Path(path).is_dir():
        raise PermissionError
    return opened(path, *options)


def start_again(path):
    return subprocess.run([*COMMAND, str(path)], capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.json"


def test_a_second_server_on_a_state_file_is_refused_with_one_clear_text(path):
    with serving(path):
        second = start_again(path)

    assert second.returncode == 2
    text = f"mock-custify: --state: {path} is in use by another server: only one server at a time can use it"
    assert second.stderr.splitlines()[-1] == text


def test_a_server_that_was_killed_leaves_its_state_file_free(path):
    with serving(path) as (process, url):
        headers = {"Authorization": "Bearer k"}
        requests.post(f"{url}/people", json={"user_id": "u1"}, headers=headers, timeout=60)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)

    with serving(path) as (_, url):
        assert url.startswith("http://")


def test_a_server_starts_stops_and_keeps_its_state_without_posix_modules(path, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_POSIX)
    with serving(path, PYTHONPATH=str(tmp_path)) as (process, url):
        headers = {"Authorization": "Bearer k"}
        requests.post(f"{url}/people", json={"user_id": "u1"}, headers=headers, timeout=60)
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=60) == 0

    assert '"user_id":"u1"' in path.read_text(encoding="utf-8")


def test_a_file_is_replaced_where_a_folder_cannot_be_opened(path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(locked_file.os, "open", refuse_folders)

    replace_file(path, b"new")

    assert path.read_bytes() == b"new"


def test_a_taken_port_is_refused_on_windows_too(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    options = []
    monkeypatch.setattr("socket.socket.setsockopt", lambda *option: options.append(option))

    listen("127.0.0.1", 0).close()

    assert options == []


def test_a_state_file_in_a_missing_folder_makes_no_folder(path):
    keeper = Keeper(Store(), path / "deeper" / "state.json")

    with pytest.raises(persistence.StateFileError, match="No such file or directory"):
        keeper.start()

    assert list(path.parent.iterdir()) == []


def test_a_server_that_could_not_start_leaves_its_state_file_free(path):
    path.write_text("{")
    with pytest.raises(SystemExit), state_files.keep_state(Store(), str(path), None):
        pass
    path.unlink()

    with state_files.keep_state(Store(), str(path), None):
        assert path.exists()
