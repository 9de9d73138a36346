"""Files whose times overlap are read side by side, but only some of them are open at once."""

import gzip
import json
import tracemalloc
from dataclasses import replace

import pytest

from mock_custify.replay.archive import reader
from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows

FILES = 12


def line(file, number):
    message = {"type": "identify", "userId": f"{file}-{number}", "traits": {"n": [1.5, None, {"a": True}]}}
    return {**message, "receivedAt": f"2026-01-01T00:{number:02}:{file:02}.000Z"}


@pytest.fixture
def files(tmp_path):
    """Return files that take turns; one holds a damaged line, one is cut off, one has late lines."""
    for file in range(FILES):
        lines = [json.dumps(line(file, number)) for number in range(20)]
        if file == 7:
            lines[3] = "{damaged"
        if file == 9:
            lines.insert(10, json.dumps(line(file, 1)))
        content = gzip.compress("\n".join(lines).encode(), mtime=0)
        (tmp_path / f"{file:02}.json.gz").write_bytes(content[:-30] if file == 8 else content)
    return list_files([str(tmp_path)]).files


def test_rows_come_in_the_same_order_however_few_files_are_open(files, monkeypatch):
    expected = list(read_rows(files))
    for most in (0, 1, 5):
        monkeypatch.setattr(reader, "MOST_OPEN", most)

        assert repr(list(read_rows(files))) == repr(expected)


def test_no_more_files_are_open_than_is_allowed(files, monkeypatch):
    monkeypatch.setattr(reader, "MOST_OPEN", 3)
    opened, most = [], 0

    def watched(file):
        nonlocal most
        opened[:] = [one for one in opened if not one.closed]
        opened.append(file.open())
        most = max(most, len(opened))
        return opened[-1]

    rows = list(read_rows([replace(file, open=lambda file=file: watched(file)) for file in files]))

    assert len(rows) > FILES * 18
    assert most == 3 + 1  # the one that is being moved


def test_an_open_file_keeps_little_in_memory(tmp_path):
    for file in range(10):
        content = "\n".join(json.dumps(line(file, number // 100)) for number in range(6000))
        (tmp_path / f"{file}.json.gz").write_bytes(gzip.compress(content.encode(), 1, mtime=0))
    files = list_files([str(tmp_path)]).files
    rows = read_rows(files)
    tracemalloc.start()

    for _ in range(8000):
        next(rows)

    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    rows.close()
    assert held < len(files) * 300_000
