"""What stands around a damaged JSON value is read, wherever the writer put the ends of lines."""

import gzip
import json
import random

import pytest

from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows
from mock_custify.replay.archive.row import Row


def identify(user, **traits):
    return {"type": "identify", "userId": user, "traits": traits}


GOOD = json.dumps(identify("u1"))
LAST = json.dumps(identify("u2"))
ITEMS = json.dumps(identify("u0", items=[{"a": 1}, {"a": 2}]), indent=2)
HUGE = json.dumps(identify("u1", number=1)).replace("1}}", f"{'9' * 5000}}}}}")
DEEP = '{"traits": ' + '{"a": ' * 100_000 + "1" + "}" * 100_001


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        path = tmp_path / "a.json"
        path.write_text(text)
        rows = list(read_rows(list_files([str(path)]).files))
        users = [row.message.get("userId") for row in rows if isinstance(row, Row)]
        return users, [row.place.line for row in rows if not isinstance(row, Row)]

    return read_text


@pytest.mark.parametrize(
    "text",
    [GOOD + LAST, f"{GOOD}{LAST}\n", f"{GOOD} {LAST}\n\n", f"{GOOD}, {LAST},\n"],
    ids=["no end of line", "one line", "blanks between", "commas"],
)
def test_values_that_share_a_line_are_read(read, text):
    assert read(text) == (["u1", "u2"], [])


def test_values_that_share_a_later_line_are_read(read):
    assert read(f"{GOOD}\n{GOOD}{LAST}\n{LAST}\n") == (["u1", "u1", "u2", "u2"], [])


def test_a_line_that_begins_with_a_whole_message_loses_only_what_follows(read):
    assert read(f"{GOOD}\n{LAST}{GOOD[:20]}\n{LAST}\n") == (["u1", "u2", "u2"], [2])


def test_printed_values_after_a_line_are_read(read):
    assert read(f"{GOOD}\n{json.dumps(identify('u2'), indent=2)}\n") == (["u1", "u2"], [])


@pytest.mark.parametrize(
    "damaged", ['{"a": nope}', '{"a" 1}', "{'a': 1}", '{"a": {"b": 1,}, "c": [{}]}', "undefined", DEEP]
)
@pytest.mark.parametrize("join", [", ", "\n,", ",\n "], ids=["one line", "comma first", "comma last"])
def test_a_damaged_element_of_an_array_is_the_only_one_lost(read, damaged, join):
    users, lines = read(f"[{join.join((GOOD, damaged, LAST))}]")

    assert (users, len(lines)) == (["u1", "u2"], 1)


@pytest.mark.parametrize(
    "damage", [('"u0"', "nope"), ('"userId": ', '"userId" '), ('"u0"', '"u0'), ("}", "", 1)]
)
def test_the_objects_inside_a_damaged_message_are_no_messages(read, damage):
    damaged = ITEMS.replace(*damage)
    text = "\n".join((json.dumps(identify("u1"), indent=2), damaged, json.dumps(identify("u2"), indent=2)))

    assert read(text) == (["u1", "u2"], [6])


def test_an_integer_with_more_digits_than_python_reads_is_no_crash(read):
    assert read(f"[{HUGE},\n{LAST}]") == (["u1", "u2"], [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_a_file_of_another_encoding_says_what_to_do(tmp_path, encoding):
    path = tmp_path / "a.json"
    path.write_bytes(f"{GOOD}\n{LAST}\n".encode(encoding))

    (problem,) = read_rows(list_files([str(path)]).files)

    assert problem.reason == "is UTF-16 or UTF-32: save it as UTF-8"


def test_an_array_in_a_gzip_file_that_is_cut_off_is_one_problem(tmp_path):
    noise = random.Random(1)  # noqa: S311 - no secret
    content = json.dumps([identify("u1", x=noise.random()) for _ in range(2000)]).encode()
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(content)[:-2000])

    *rows, problem = read_rows(list_files([str(path)]).files)

    assert 1000 < sum(isinstance(row, Row) for row in rows) == len(rows) < 2000
    assert problem.reason == "is a gzip file that is cut off: only whole messages were read"
