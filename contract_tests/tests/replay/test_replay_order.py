"""Messages that say no time of their own come in the order of the times in their paths."""

import json

import pytest

from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows

LATE_FIRST = {
    "uploads of two sources": (
        "rudder-logs/aaa/2026-02-02/1770000000.aaa.u.json",
        "rudder-logs/zzz/2026-01-02/1767300000.zzz.u.json",
    ),
    "days of Segment": ("segment-logs/aaa/1770000000000/f", "segment-logs/zzz/1767300000000/f"),
    "dates": ("aaa/2026-02-02/f.json", "zzz/2026-01-02/f.json"),
    "older dates": ("aaa/02-02-2026/f.json", "zzz/12-31-2025/f.json"),
    "hours without a zero": (
        "rudder-datalake/n/aaa/2026/1/2/10/f.json",
        "rudder-datalake/n/zzz/2026/1/2/9/f.json",
    ),
    "a prefix that ends in a digit": ("a/v201-01-2026/f.json", "a/v212-31-2025/f.json"),
}


@pytest.mark.parametrize("paths", LATE_FIRST.values(), ids=LATE_FIRST.keys())
def test_messages_without_a_time_come_by_the_time_in_their_path(tmp_path, paths):
    for name, path in zip(("late", "early"), paths, strict=True):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"userId": name, "id": name, "user_id": name}))

    assert [row.message["userId"] for row in read_rows(list_files([str(tmp_path)]).files)] == [
        "early",
        "late",
    ]


def test_the_time_of_a_message_comes_before_the_time_of_its_upload(tmp_path):
    folder = tmp_path / "rudder-logs" / "s" / "2026-01-02"
    folder.mkdir(parents=True)
    for upload, name, hour in (("1770000001", "early", 1), ("1770000000", "late", 2)):
        message = {"type": "identify", "userId": name, "receivedAt": f"2026-01-02T0{hour}:00:00.000Z"}
        (folder / f"{upload}.s.u.json").write_text(json.dumps(message))

    assert [row.message["userId"] for row in read_rows(list_files([str(tmp_path)]).files)] == [
        "early",
        "late",
    ]


@pytest.mark.parametrize("beside", [{"projectId": "p"}, {"channel": "web", "version": 1}])
def test_an_older_segment_line_is_recognised_by_the_message_under_type(tmp_path, beside):
    (tmp_path / "a.json").write_text(json.dumps({"type": {"type": "identify", "userId": "u1"}, **beside}))

    assert [row.message["userId"] for row in read_rows(list_files([str(tmp_path)]).files)] == ["u1"]
