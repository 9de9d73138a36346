"""`serve --state`: no second server, no file of others, no lost link, private files, a disk that is full."""

import errno
import logging
import os
import stat
import sys

import pytest
from click.testing import CliRunner

from mock_custify.cli import main, state_files
from mock_custify.state import state_file
from mock_custify.state.state_file import Keeper, StateFileError, load_store
from mock_custify.workspace import Store

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state.json"


def started(path):
    store = Store()
    with store.open("k") as workspace:
        workspace.changes += 1
    keeper = Keeper(store, path)
    keeper.start()
    return keeper


def served(*arguments):
    return CliRunner().invoke(main, ["serve", "--port", "0", *map(str, arguments)])


@posix
def test_a_link_stays_and_its_target_is_written(path, tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to("state.json")
    started(link).stop()

    assert link.is_symlink()
    assert '"version":1' in path.read_text()


@posix
@pytest.mark.parametrize("name", ["link.json", "./state.json", "folder/../state.json"])
def test_another_name_lets_no_second_server_in(path, tmp_path, name):
    (tmp_path / "link.json").symlink_to(path)
    (tmp_path / "folder").mkdir()
    first = started(path)
    try:
        with pytest.raises(StateFileError, match="is in use by another server"):
            started(tmp_path / name)
    finally:
        first.stop()


@posix
def test_a_hard_link_is_refused(path, tmp_path):
    started(path).stop()
    (tmp_path / "second.json").hardlink_to(path)

    with pytest.raises(StateFileError, match="a second name"):
        started(path)


@posix
def test_removing_other_files_lets_no_second_server_in(path, tmp_path):
    first = started(path)
    try:
        for entry in tmp_path.iterdir():
            if entry != path:
                entry.unlink()
        with pytest.raises(StateFileError, match="is in use by another server"):
            started(path)
    finally:
        first.stop()


@posix
def test_the_lock_holds_after_the_file_was_replaced_and_ends_with_the_server(path):
    first = started(path)
    for _ in range(3):
        first.save()
    with pytest.raises(StateFileError, match="is in use by another server"):
        started(path)
    first.stop()

    started(path).stop()


@posix
@pytest.mark.parametrize("suffix", [".lock", ".saving"])
def test_no_file_of_others_is_touched(tmp_path, suffix):
    other = tmp_path / f"poetry{suffix}"
    other.write_text("mine")

    started(tmp_path / "poetry").stop()

    assert other.read_text() == "mine"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["poetry", other.name]


def test_remains_of_a_server_that_was_killed_are_removed(path, tmp_path):
    (tmp_path / ".state.json.abcd.saving").write_text("half")
    (tmp_path / ".other.json.abcd.saving").write_text("half")

    started(path).stop()

    assert {entry.name for entry in tmp_path.iterdir()} >= {".other.json.abcd.saving", "state.json"}
    assert not (tmp_path / ".state.json.abcd.saving").exists()


@posix
@pytest.mark.parametrize("before", [None, 0o644, 0o666])
def test_the_file_is_private(path, before, tmp_path):
    if before is not None:
        started(path).stop()
        path.chmod(before)
    mask = os.umask(0)
    try:
        keeper = started(path)
        modes = [stat.S_IMODE(entry.stat().st_mode) for entry in tmp_path.iterdir()]
        keeper.stop()
    finally:
        os.umask(mask)

    assert set(modes) == {0o600}


@posix
@pytest.mark.parametrize("kind", ["folder", "device", "pipe"])
def test_what_is_no_file_is_one_clear_line(path, kind):
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    place = "/dev/zero" if kind == "device" else path

    result = served("--state", place)

    assert result.stderr == f"mock-custify: --state: {place} cannot be written: it is a {kind}: name a file\n"
    assert result.exit_code == 2


@pytest.mark.parametrize("option", ["--seed", "--config"])
@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, "cannot be read: No such file or directory"),
        ("folder", "cannot be read: it is a folder: name a file"),
        ("device", "is a device: name a file"),
        ("{".encode("utf-16"), "is UTF-16: save it as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(option, content, text, path):
    if content == "folder":
        path.mkdir()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    place = "/dev/zero" if content == "device" else path

    result = served(option, place)

    assert result.stderr == f"mock-custify: {option}: {place} {text}\n"
    assert result.exit_code == 2


def test_a_byte_order_mark_is_no_mistake(path):
    started(path).stop()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    store = Store()

    load_store(store, path)

    assert len(store.workspaces) == 1


def test_an_empty_file_is_a_new_one(path):
    path.touch()

    started(path).stop()

    assert path.stat().st_size > 0


def test_a_full_disk_is_one_line_with_longer_and_longer_waits_and_so_is_its_end(path, monkeypatch, caplog):
    keeper = Keeper(Store(), path)
    full = OSError(errno.ENOSPC, "No space left on device")
    real = state_file.replace_file
    monkeypatch.setattr(state_file, "replace_file", lambda *_: (_ for _ in ()).throw(full))
    waits = []
    for _ in range(12):
        keeper.try_to_save()
        waits.append(keeper.interval)
    monkeypatch.setattr(state_file, "replace_file", real)
    keeper.try_to_save()

    assert caplog.messages == [
        f"{path} could not be written: No space left on device; it is tried again",
        f"{path} is written again",
    ]
    assert [record.exc_info for record in caplog.records] == [None, None]
    assert [record.levelno for record in caplog.records] == [logging.ERROR, logging.WARNING]
    assert (waits[:3], waits[-1], keeper.interval) == ([0.4, 0.8, 1.6], 30.0, 0.2)


def test_a_failed_write_leaves_no_half_file(path, monkeypatch):
    keeper = started(path)
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))

    with pytest.raises(StateFileError, match="could not be written: full"):
        keeper.stop()

    assert [entry.name for entry in path.parent.iterdir()] == ["state.json"]


def test_a_last_save_that_fails_is_one_line_and_status_1(path, monkeypatch, capsys):
    full = OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(SystemExit) as ended, state_files.keep_state(Store(), str(path), None):
        monkeypatch.setattr(state_file, "replace_file", lambda *_: (_ for _ in ()).throw(full))

    text = f"mock-custify: --state: {path} could not be written: No space left on device\n"
    assert (ended.value.code, capsys.readouterr().err) == (1, text)
