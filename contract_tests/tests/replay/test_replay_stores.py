"""Files are found once, by path or URL, and an error of a store while a file is read loses only that file."""

import errno
import json
import os
import sys
from pathlib import PurePath

import pytest

from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows
from mock_custify.replay.archive.row import Row
from mock_custify.replay.errors import UnreadableArchiveError

LINE = json.dumps({"type": "identify", "userId": "u1"}).encode()


@pytest.fixture
def memory():
    store = pytest.importorskip("fsspec").filesystem("memory")
    store.pipe("/bucket/.kept/a.json", LINE)
    yield store
    store.rm("/bucket", recursive=True)


def names(*paths):
    return [PurePath(file.path).name for file in list_files([str(path) for path in paths]).files]


@pytest.mark.usefixtures("memory")
def test_a_file_of_a_store_counts_once():
    url = "memory://bucket/.kept"

    assert names(url, f"{url}/a.json", f"{url}/*.json") == ["a.json"]


@pytest.mark.usefixtures("memory")
def test_a_pattern_in_a_hidden_folder_that_is_given_finds_its_files():
    assert names("memory://bucket/.kept/*.json") == ["a.json"]


def test_a_file_url_is_a_path_of_this_machine(tmp_path):
    path = tmp_path / "a b.json"
    path.write_bytes(LINE)

    assert names(path.as_uri(), path, f"file://{tmp_path}/*.json") == ["a b.json"]


def test_an_unknown_kind_of_store_is_named():
    pytest.importorskip("fsspec")
    with pytest.raises(UnreadableArchiveError, match=r"foo://bucket cannot be read: Protocol not known: foo"):
        list_files(["foo://bucket"])


def test_standard_input_is_refused_with_what_to_do():
    with pytest.raises(UnreadableArchiveError, match="standard input is not read: write it to a file"):
        list_files(["-"])


def test_a_pipe_is_named_and_not_waited_for(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes")
    os.mkfifo(tmp_path / "pipe")

    (problem,) = list_files([str(tmp_path / "pipe")]).unreadable

    assert problem.reason == "is no file: a broken link, a pipe or a device"


@pytest.mark.parametrize("when", ["opened", "read"])
def test_a_store_that_fails_is_named_and_the_rest_is_read(memory, monkeypatch, when):
    memory.pipe("/bucket/.kept/b.json", LINE)
    right = memory.open

    class Failing:
        """A file whose store goes away."""

        def read(self, _count):
            raise RuntimeError("gone")

        def close(self):
            """Nothing is open."""

    def open_one(path, mode):
        if not path.endswith("a.json"):
            return right(path, mode)
        if when == "opened":
            raise RuntimeError("gone")
        return Failing()

    monkeypatch.setattr(memory, "open", open_one)
    rows = list(read_rows(list_files(["memory://bucket/.kept"]).files))

    problems = [row for row in rows if not isinstance(row, Row)]
    assert [(row.place.file[-6:], row.reason) for row in problems] == [
        ("a.json", "cannot be read: RuntimeError: gone")
    ]
    assert len(rows) == 2


def test_a_file_that_is_gone_after_it_was_found_is_named(tmp_path):
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_bytes(LINE)
    files = list_files([str(tmp_path)]).files
    (tmp_path / "a.json").unlink()

    gone, row = read_rows(files)

    assert (gone.reason, row.message["userId"]) == ("cannot be read: No such file or directory", "u1")


def test_a_path_that_cannot_be_looked_at_is_named_with_the_reason_of_the_system(tmp_path):
    (tmp_path / "a.json").symlink_to("a.json")

    (problem,) = list_files([str(tmp_path / "a.json")]).unreadable

    assert problem.reason == f"cannot be read: {os.strerror(errno.ELOOP)}"


def test_a_store_whose_package_is_missing_names_that_package(monkeypatch):
    pytest.importorskip("fsspec")
    monkeypatch.setitem(sys.modules, "gcsfs", None)

    with pytest.raises(UnreadableArchiveError, match=r"gs://bucket cannot be read: .*gcsfs"):
        list_files(["gs://bucket"])


def test_a_store_that_cannot_start_is_named(tmp_path):
    pytest.importorskip("fsspec")
    url = f"zip://a.json::{tmp_path}/none.zip"

    with pytest.raises(UnreadableArchiveError, match=r"none\.zip cannot be read: .*No such file"):
        list_files([url])
