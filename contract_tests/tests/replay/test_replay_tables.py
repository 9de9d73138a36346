"""Warehouse tables as CSV and Parquet: what is damaged is named by its line, and the rest is read."""

import gzip
import io
import json
import random
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows
from mock_custify.replay.archive.row import Row

LOADED = "rudder-warehouse-load-objects"
HEAD = b"id,user_id,note\n"


@pytest.fixture
def read(tmp_path):
    def read_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        rows = list(read_rows(list_files([str(tmp_path)]).files))
        problems = [(row.place.line, row.reason) for row in rows if not isinstance(row, Row)]
        return [row for row in rows if isinstance(row, Row)], problems

    return read_file


def users(rows):
    return [row.message["userId"] for row in rows]


def test_a_csv_file_that_is_cut_off_is_named(read):
    noise = random.Random(1)  # noqa: S311 - no secret
    content = HEAD + b"".join(b"m,u%d,%f\n" % (n, noise.random()) for n in range(2000))

    rows, problems = read(f"{LOADED}/identifies/s/a.csv.gz", gzip.compress(content)[:-2000])

    assert 1000 < len(rows) < 2000
    assert problems == [(len(rows) + 2, "is a gzip file that is cut off: only whole messages were read")]


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (b"m1,u1," + b"x" * 200_000, "field larger than field limit (131072)"),
        (b"m1,u\xff,a", "is not UTF-8"),
        (b"m1,u1", "has 2 columns, the first line names 3"),
        (b'm1,"u1,a', "has 2 columns, the first line names 3"),
        (b"x" * 11_000_000, "has more than 10485760 bytes, the most that one message may have"),
    ],
    ids=["a large cell", "not UTF-8", "a cell too few", "an open quote", "a long line"],
)
def test_a_damaged_row_of_a_csv_file_is_the_only_one_lost(read, damaged, reason):
    rows, problems = read(f"{LOADED}/identifies/s/a.csv", HEAD + damaged + b"\nm2,u2,b\n\nm3,u3,c\n")

    assert (users(rows), problems) == (["u2", "u3"], [(2, reason)])


@pytest.mark.parametrize("first", [b"5d3b8a-11,u1,Bob", b'"5d3b8a-11","u1",Bob', b"2026-01-01 10:00,u1,B"])
def test_csv_without_a_head_is_recognised_whatever_its_first_cell_is(read, first):
    _, problems = read(f"{LOADED}/identifies/s/a.csv", first + b"\n")

    assert "CSV without a line that names the columns" in problems[0][1]


@pytest.mark.parametrize(
    "name",
    ["identifies.csv", "src/load.identifies.csv", "my-source/identifies/load.csv", "IDENTIFIES/1/a.csv"],
)
def test_the_table_of_a_load_file_is_found_in_its_folders_or_its_name(read, name):
    rows, problems = read(f"{LOADED}/{name}", HEAD + b"m1,u1,a\n")

    assert ([row.message["type"] for row in rows], problems) == (["identify"], [])


def test_an_event_table_has_a_name_of_its_own(read):
    rows, _ = read(f"{LOADED}/order_done/identified-source/load.csv", HEAD + b"m1,u1,a\n")

    assert [row.message["event"] for row in rows] == ["order_done"]


def test_the_table_is_found_in_the_folders_above_the_given_path(tmp_path, monkeypatch):
    folder = tmp_path / "rudder-datalake" / "shop" / "identifies"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text(json.dumps({"id": "m1", "user_id": "u1"}))
    monkeypatch.chdir(folder)

    (row,) = read_rows(list_files(["a.json"]).files)

    assert row.message["type"] == "identify"


def parquet(arrow, column):
    columns = {
        "id": ["m1"],
        "user_id": ["u1"],
        "received_at": [datetime(2026, 1, 2, tzinfo=UTC)],
        "x": column,
    }
    file = io.BytesIO()
    arrow.parquet.write_table(arrow.table(columns), file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("value", "kind", "read_as"),
    [
        (1767323045123456789, ("timestamp", "ns"), "2026-01-02T03:04:05.123456Z"),
        (1767323045123, ("timestamp", "ms"), "2026-01-02T03:04:05.123000Z"),
        (1767323045123456789, ("timestamp", "ns", "UTC"), "2026-01-02T03:04:05.123456Z"),
        (Decimal("12.50"), ("decimal128", 10, 2), 12.5),
        (3723000000001, ("time64", "ns"), "01:02:03"),
        (5_000_000_001, ("duration", "ns"), "PT5S"),
        (b"text", ("binary",), "text"),
        (b"\xff", ("binary",), "/w=="),
        (float("nan"), ("float64",), None),
    ],
    ids=[
        "nanoseconds",
        "no zone",
        "nanoseconds with a zone",
        "decimal",
        "time",
        "duration",
        "bytes of text",
        "other bytes",
        "not a number",
    ],
)
def test_values_that_only_parquet_has_become_those_of_json(read, value, kind, read_as):
    arrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    column = arrow.array([value], getattr(arrow, kind[0])(*kind[1:]))

    rows, problems = read("rudder-datalake/shop/identifies/2026/01/02/03/a.parquet", parquet(arrow, column))

    assert (rows[0].message["traits"].get("x"), problems) == (read_as, [])


@pytest.mark.parametrize(
    ("value", "kind", "read_as"),
    [
        ([{"at": 1767323045123456789}], [("at", "ns")], [{"at": "2026-01-02T03:04:05.123456Z"}]),
        ([{"at": None}], [("at", "ns")], [{"at": None}]),
    ],
)
def test_nanoseconds_inside_lists_and_objects_are_cut_off(read, value, kind, read_as):
    arrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet")
    fields = [(name, arrow.timestamp(unit)) for name, unit in kind]
    column = arrow.array([value], arrow.list_(arrow.struct(fields)))

    rows, problems = read("rudder-datalake/shop/identifies/2026/01/02/03/a.parquet", parquet(arrow, column))

    assert (rows[0].message["traits"]["x"], problems) == (read_as, [])


def test_a_staged_track_without_a_table_of_its_own_keeps_its_line(read):
    staged = [
        {"metadata": {"table": table}, "data": {"id": number, "user_id": "u1", "event": "e"}}
        for table, number in (("tracks", "m1"), ("tracks", "m2"), ("identifies", "m3"), ("tracks", "m4"))
    ]
    content = "".join(f"{json.dumps(one)}\n" for one in staged).encode()

    rows, _ = read("rudder-warehouse-staging-logs/s/2026-01-02/1.s.u.json", content)

    assert [(row.message["messageId"], row.place.line) for row in rows] == [
        ("m1", 1),
        ("m2", 2),
        ("m3", 3),
        ("m4", 4),
    ]


def test_text_in_a_csv_file_that_looks_like_a_number_stays_text(read):
    rows, _ = read(
        f"{LOADED}/tracks/s/a.csv", b"id,user_id,event_text,context_traits_phone,total\n1,42,404,4420,3\n"
    )

    message = rows[0].message
    assert (message["messageId"], message["userId"], message["event"]) == ("1", "42", "404")
    assert (message["context"]["traits"]["phone"], message["properties"]["total"]) == ("4420", 3)


@pytest.mark.parametrize("column", ["message", "payload", "batch", "metadata", "type"])
def test_a_column_with_the_name_of_an_envelope_is_a_column(read, column):
    row = {"id": "m1", "user_id": "u1", column: {"a": 1} if column == "payload" else "text"}

    rows, _ = read(f"{LOADED}/order_done/s/a.json", json.dumps(row).encode())

    assert [(one.message["userId"], one.message["event"]) for one in rows] == [("u1", "order_done")]
