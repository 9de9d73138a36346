"""Every layout of an archive is recognised by its content and its path, in the order in which it came in."""

import gzip
import io
import json
import os
import random

import pytest

from mock_custify.replay.archive.files import list_files
from mock_custify.replay.archive.reader import read_rows
from mock_custify.replay.archive.row import MOST_BYTES, Row
from mock_custify.replay.archive.values import Window
from mock_custify.replay.archive.watching import watched

HOUR = "src1/gw/2026-01-01/{}/inst-1/{}_{}_ws_uuid.json.gz"


def identify(number, **fields):
    return {"type": "identify", "userId": f"u{number}", "messageId": f"m{number}", **fields}


def lines(*values, end="\n"):
    return "".join(json.dumps(value) + end for value in values).encode()


def archived(message, moment):
    return {"userId": message["userId"], "payload": message, "createdAt": moment, "messageId": "m"}


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def read(*paths):
    listing = list_files([str(path) for path in paths])
    return [*listing.unreadable, *read_rows(listing.files)]


def users(folder):
    return [row.message["userId"] for row in read(folder) if isinstance(row, Row)]


def problems(folder):
    rows = [row for row in read(folder) if not isinstance(row, Row)]
    return [(os.path.relpath(row.place.file, folder), row.place.line, row.reason) for row in rows]


BATCH = {"batch": [identify(1), identify(2)], "sentAt": "2026-01-01T00:00:00.000Z", "more": {"a": [1]}}
LATE_BATCH = {"sentAt": "x", "context": {"a": {"batch": 1}}, "batch": [identify(1), identify(2)]}
BY_HAND = {
    "JSON lines": lines(identify(1), identify(2)),
    "JSON lines without an end": lines(identify(1), identify(2)).rstrip(),
    "CRLF, a BOM and blank lines": b"\xef\xbb\xbf\r\n"
    + lines(identify(1), end="\r\n\r\n")
    + lines(identify(2)),
    "an array": json.dumps([identify(1), identify(2)]).encode(),
    "a pretty array": json.dumps([identify(1), identify(2)], indent=2).encode(),
    "a pretty array with a BOM": b"\xef\xbb\xbf" + json.dumps([identify(1), identify(2)], indent=2).encode(),
    "an array with one element a line": b"[\n"
    + lines(identify(1))[:-1]
    + b",\n"
    + lines(identify(2))
    + b"]\n",
    "pretty values": json.dumps(identify(1), indent=2).encode() + json.dumps(identify(2), indent=2).encode(),
    "a batch": json.dumps(BATCH).encode(),
    "a pretty batch": json.dumps(BATCH, indent=1).encode(),
    "a pretty batch with its messages last": json.dumps(LATE_BATCH, indent=1).encode(),
    "a batch on each line": lines({"batch": [identify(1)]}, {"batch": [identify(2)]}),
    "arrays on each line": lines([identify(1)], [identify(2)]),
    "with a destination": lines({"message": identify(1), "destination": {}}, identify(2)),
    "gzip under any name": gzip.compress(lines(identify(1), identify(2))),
    "gzip in gzip": gzip.compress(gzip.compress(lines(identify(1), identify(2)))),
}


@pytest.mark.parametrize("form", BY_HAND)
def test_a_form_that_people_save_by_hand_is_read(tmp_path, form):
    write(tmp_path, {"any-name.txt": BY_HAND[form]})

    assert users(tmp_path) == ["u1", "u2"]
    assert problems(tmp_path) == []


@pytest.mark.parametrize("form", ["a pretty array", "a pretty batch", "an array"])
def test_a_long_array_is_read_without_holding_it(tmp_path, form, monkeypatch):
    many = [identify(number, traits={"note": "o" * 50}) for number in range(20_000)]
    value = {"batch": many} if "batch" in form else many
    content = json.dumps(value, indent=None if form == "an array" else 1).encode()
    write(tmp_path, {"a.json": content})
    held, more = [], Window.more

    def watched(window):
        held.append(len(window.text))
        return more(window)

    monkeypatch.setattr(Window, "more", watched)

    assert len(users(tmp_path)) == 20_000
    assert max(held) < len(content) / 3


def test_the_event_archive_is_read_by_hours_as_numbers(tmp_path):
    write(
        tmp_path,
        {
            HOUR.format(10, 1767261600, 1767261660): gzip.compress(
                lines(archived(identify(2), "2026-01-01T10:00:00.000Z"))
            ),
            HOUR.format(9, 1767258000, 1767258060): gzip.compress(
                lines(archived(identify(1), "2026-01-01T09:00:00.000Z"))
            ),
        },
    )

    rows = read(tmp_path)
    assert [(row.message["userId"], row.layout, row.received) for row in rows] == [
        ("u1", "RudderStack event archive", "2026-01-01T09:00:00.000Z"),
        ("u2", "RudderStack event archive", "2026-01-01T10:00:00.000Z"),
    ]


def test_files_whose_times_overlap_are_read_side_by_side(tmp_path):
    first = lines(*(archived(identify(n), f"2026-01-01T09:00:0{n}.000Z") for n in (1, 3, 5)))
    second = lines(*(archived(identify(n), f"2026-01-01T09:00:0{n}.000Z") for n in (2, 4, 6)))
    write(
        tmp_path,
        {HOUR.format(9, 1767258001, 1767258005): first, HOUR.format(9, 1767258002, 1767258006): second},
    )

    assert users(tmp_path) == ["u1", "u2", "u3", "u4", "u5", "u6"]


def test_the_order_inside_a_file_stays_whatever_the_times_say(tmp_path):
    moments = (5, 1, 9, 3)
    write(tmp_path, {"a": lines(*(archived(identify(n), f"2026-01-01T09:00:0{n}.000Z") for n in moments))})

    assert users(tmp_path) == ["u5", "u1", "u9", "u3"]


def test_numbers_in_names_of_files_count_as_numbers(tmp_path):
    write(tmp_path, {f"part-{n}.json": lines(identify(n)) for n in (10, 9, 100, 1)})

    assert users(tmp_path) == ["u1", "u9", "u10", "u100"]


def test_american_dates_of_old_buckets_are_in_order(tmp_path):
    for day, n in (("12-31-2025", 1), ("01-02-2026", 2)):
        write(tmp_path, {f"rudder-logs/s/{day}/1.s.u.json.gz": lines(identify(n))})

    assert users(tmp_path) == ["u1", "u2"]


def test_the_object_storage_layout_is_recognised_with_an_unpacked_gz(tmp_path):
    write(tmp_path, {"p/rudder-logs/s/2026-01-01/1700000000.s.u.json.gz": lines(identify(1))})

    assert [row.layout for row in read(tmp_path)] == ["RudderStack object storage"]


def test_the_segment_layout_is_recognised_and_its_dummy_is_no_data(tmp_path):
    line = identify(1) | {"channel": "server", "projectId": "p", "version": 2}
    folder = "segment-logs/abc/1767225600000"
    write(tmp_path, {f"{folder}/f.gz": gzip.compress(lines(line)), f"{folder}/dummy-object.txt": b"x"})

    assert [(row.layout, row.message) for row in read(tmp_path)] == [("Segment archive", line)]


def test_an_older_segment_line_has_its_message_under_type(tmp_path):
    line = {"type": identify(1), "channel": "server", "projectId": "p", "version": 2}
    write(tmp_path, {"segment-logs/abc/1767225600000/f.gz": gzip.compress(lines(line))})

    assert users(tmp_path) == ["u1"]


def test_a_line_of_the_event_archive_may_hold_a_batch(tmp_path):
    line = {
        "userId": "u1",
        "payload": {"batch": [identify(1), identify(2)]},
        "createdAt": "2026-01-01T00:00:00Z",
    }
    write(tmp_path, {"a": lines(line)})

    assert [(row.message["userId"], row.received) for row in read(tmp_path)] == [
        ("u1", "2026-01-01T00:00:00.000Z"),
        ("u2", "2026-01-01T00:00:00.000Z"),
    ]


STAGED = [
    (
        "identifies",
        {"id": "m1", "user_id": "u1", "first_name": "Ada", "context_traits_email": "a@example.com"},
    ),
    ("users", {"id": "u1", "first_name": "Ada"}),
    ("tracks", {"id": "m2", "user_id": "u1", "event": "order_done", "event_text": "Order Done"}),
    (
        "order_done",
        {"id": "m2", "user_id": "u1", "event": "order_done", "event_text": "Order Done", "value": 5},
    ),
    ("tracks", {"id": "m3", "user_id": "u1", "event": "lost", "event_text": "Lost"}),
    ("groups", {"id": "m4", "user_id": "u1", "group_id": "g1", "monthly_revenue": 7, "plan": None}),
    ("rudder_discards", {"id": "x"}),
]


def test_messages_are_rebuilt_from_staging_files_and_marked(tmp_path):
    rows = [{"metadata": {"table": table}, "data": data} for table, data in STAGED]
    write(tmp_path, {"rudder-warehouse-staging-logs/s/2026-01-01/1.s.u.json.gz": gzip.compress(lines(*rows))})

    found = read(tmp_path)

    assert all(row.rebuilt and row.layout == "warehouse staging" for row in found)
    identified, ordered, lost, grouped = (row.message for row in found)
    assert identified["traits"] == {"firstName": "Ada"}
    assert identified["context"]["traits"] == {"email": "a@example.com"}
    assert (ordered["event"], ordered["properties"]) == ("Order Done", {"value": 5})
    assert (lost["event"], lost["properties"]) == ("Lost", {})
    assert (grouped["groupId"], grouped["traits"]) == ("g1", {"monthlyRevenue": 7})


def test_load_files_are_read_as_csv_with_a_head_and_as_json(tmp_path):
    base = "rudder-warehouse-load-objects"
    write(
        tmp_path,
        {
            f"{base}/identifies/s/12/load.csv.gz": gzip.compress(b'id,user_id,note\nm1,u1,"a\nb"\n'),
            f"{base}/tracks/s/12/load.json.gz": gzip.compress(
                lines({"id": "m2", "user_id": "u2", "event": "e"})
            ),
        },
    )

    assert [(row.message["type"], row.message["userId"]) for row in read(tmp_path)] == [
        ("identify", "u1"),
        ("track", "u2"),
    ]


def test_a_csv_file_without_a_head_says_what_to_do(tmp_path):
    write(tmp_path, {"rudder-warehouse-load-objects/groups/s/1/a.csv.gz": gzip.compress(b"z1,u5,Bob\n")})

    assert "CSV without a line that names the columns" in problems(tmp_path)[0][2]


def test_tracks_are_not_read_twice_when_the_tables_of_the_events_are_there(tmp_path):
    base = "rudder-warehouse-load-objects"
    row = {"id": "m2", "user_id": "u2", "event": "seen"}
    write(
        tmp_path,
        {f"{base}/{table}/s/12/load.json.gz": lines(row) for table in ("tracks", "seen")}
        | {
            f"{base}/{table}/s/1/a.json.gz": lines({"id": "u1", "user_id": "u1"})
            for table in ("users", "identifies")
        },
    )

    assert sorted((row.message["type"], row.message["userId"]) for row in read(tmp_path)) == [
        ("identify", "u1"),
        ("track", "u2"),
    ]


def test_a_data_lake_is_read_from_parquet(tmp_path):
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    content = io.BytesIO()
    table = {"id": ["m1", "m2"], "user_id": ["u1", "u2"], "plan": ["Pro", None]}
    parquet.write_table(arrow.table(table), content)
    write(tmp_path, {"rudder-datalake/ns/identifies/2026/01/03/10/load.parquet": content.getvalue()})

    assert [(row.message["userId"], row.message["traits"]) for row in read(tmp_path)] == [
        ("u1", {"plan": "Pro"}),
        ("u2", {}),
    ]


def test_an_object_store_is_read_by_its_url():
    store = pytest.importorskip("fsspec").filesystem("memory")
    for n in (10, 9):
        store.pipe(f"/bucket/rudder-logs/s/2026-01-01/{n}.s.u.json.gz", gzip.compress(lines(identify(n))))

    assert [row.message["userId"] for row in read("memory://bucket/rudder-logs")] == ["u9", "u10"]


def test_hidden_files_are_no_part_of_an_archive(tmp_path):
    write(
        tmp_path,
        {".DS_Store": b"x", ".git/a.json": lines(identify(1)), "_SUCCESS": b"", "a": lines(identify(2))},
    )

    assert users(tmp_path) == ["u2"]


def test_a_file_counts_once_under_several_names(tmp_path):
    write(tmp_path, {"a.json": lines(identify(1))})
    (tmp_path / "b.json").symlink_to("a.json")

    assert len(read(tmp_path, tmp_path / "a.json", f"{tmp_path}/*.json")) == 1


def test_a_loop_of_links_ends(tmp_path):
    write(tmp_path, {"x/a.json": lines(identify(1))})
    (tmp_path / "x" / "again").symlink_to("..")

    assert users(tmp_path) == ["u1"]


def test_a_pattern_finds_files_in_folders(tmp_path):
    write(tmp_path, {"x/a.json": lines(identify(1)), "y/b.txt": lines(identify(2))})

    assert [row.message["userId"] for row in read(f"{tmp_path}/**/*.json")] == ["u1"]


def test_a_damaged_line_is_named_and_the_rest_is_read(tmp_path):
    write(tmp_path, {"a.jsonl": lines(identify(1)) + b'{"type": "ide\nnoise\n' + lines(identify(2))})

    assert users(tmp_path) == ["u1", "u2"]
    assert [problem[:2] for problem in problems(tmp_path)] == [("a.jsonl", 2), ("a.jsonl", 3)]


def test_a_file_whose_first_line_is_damaged_is_read(tmp_path):
    write(tmp_path, {"a": b'tify"}\n' + lines(identify(1)), "b": b'{"type": "ide\n' + lines(identify(2))})

    assert users(tmp_path) == ["u1", "u2"]
    assert [problem[:2] for problem in problems(tmp_path)] == [("a", 1), ("b", 1)]


def test_a_damaged_element_of_an_array_is_named_and_the_rest_is_read(tmp_path):
    content = b"[\n" + lines(identify(1))[:-1] + b",\n{broken},\n" + lines(identify(2)) + b"]"
    write(tmp_path, {"a.json": content})

    assert users(tmp_path) == ["u1", "u2"]
    assert problems(tmp_path) == [
        ("a.json", 3, "is not JSON: Expecting property name enclosed in double quotes")
    ]


def test_an_array_that_ends_inside_a_message_is_named(tmp_path):
    write(tmp_path, {"a.json": json.dumps([identify(1), identify(2)], indent=1).encode()[:-20]})

    assert users(tmp_path) == ["u1"]
    assert problems(tmp_path) == [("a.json", 7, "the file ends inside a message")]


def test_a_gzip_file_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path):
    noise = random.Random(1)  # noqa: S311 - no secret
    many = [identify(n, traits={"x": noise.random()}) for n in range(2000)]
    write(tmp_path, {"a.json.gz": gzip.compress(lines(*many))[:-2000]})

    assert 1000 < len(users(tmp_path)) < 2000
    ((name, line, reason),) = problems(tmp_path)
    assert (name, reason) == ("a.json.gz", "is a gzip file that is cut off: only whole messages were read")
    assert line == len(users(tmp_path)) + 1


@pytest.mark.parametrize(
    "content", [b"\x00\xff" * 900, b"hello\nworld\n", "{}".encode("utf-16"), b"\x1f\x8b\x00"]
)
def test_a_file_of_noise_is_one_problem(tmp_path, content):
    write(tmp_path, {"noise": content, "a": lines(identify(1))})

    assert users(tmp_path) == ["u1"]
    assert len(problems(tmp_path)) == 1


def test_a_message_beyond_the_limit_is_named_and_skipped(tmp_path):
    large = identify(1, traits={"x": "y" * MOST_BYTES})
    write(
        tmp_path,
        {"a.jsonl": lines(identify(0), large, identify(2)), "b.json": json.dumps([large], indent=1).encode()},
    )

    assert users(tmp_path) == ["u0", "u2"]
    assert [problem[:2] for problem in problems(tmp_path)] == [("a.jsonl", 2), ("b.json", 2)]


def test_a_message_that_is_nested_too_deeply_is_named_and_skipped(tmp_path):
    deep = b'{"type": "identify", "traits": ' + b'{"a":' * 250 + b"1" + b"}" * 250 + b"}"
    write(tmp_path, {"a.json": lines([identify(1)] * 300) + deep + b"\n" + lines(identify(2))})

    assert users(tmp_path) == ["u1"] * 300 + ["u2"]
    ((_name, line, reason),) = problems(tmp_path)
    assert (line, reason) == (2, "is not JSON: nested too deeply: at most 200 levels are read")


def test_a_folder_without_permissions_is_named(tmp_path, monkeypatch):
    write(tmp_path, {"closed/a.json": lines(identify(1)), "open/a.json": lines(identify(2))})
    listdir = os.listdir

    def refuse(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)

    assert users(tmp_path) == ["u2"]
    assert problems(tmp_path) == [("closed", 0, "cannot be read: Permission denied")]


def test_a_link_to_nothing_is_named(tmp_path):
    (tmp_path / "a.json").symlink_to("nowhere")

    assert problems(tmp_path) == [("a.json", 0, "is no file: a broken link, a pipe or a device")]


def test_layouts_may_be_mixed_in_one_folder(tmp_path):
    write(
        tmp_path,
        {
            HOUR.format(9, 1767258001, 1767258005): lines(archived(identify(1), "2026-01-01T09:00:00.000Z")),
            "rudder-logs/s/2026-01-01/1.json.gz": lines(identify(2)),
            "segment-logs/s/1767225600000/f.gz": lines(identify(3)),
            "by-hand.json": json.dumps({"batch": [identify(4)]}).encode(),
        },
    )

    assert sorted(row.layout for row in read(tmp_path)) == [
        "RudderStack event archive",
        "RudderStack object storage",
        "Segment archive",
        "batch of an SDK",
    ]


def test_a_watched_file_says_how_far_it_is_read(tmp_path):
    content = gzip.compress(lines(*(identify(n) for n in range(20_000))))
    write(tmp_path, {"a.json.gz": content, "b.json.gz": gzip.compress(lines(identify(1)))})
    seen = {}
    files = [watched(file, seen.__setitem__) for file in list_files([str(tmp_path)]).files]

    rows = sum(1 for _ in read_rows(files))

    assert rows == 20_001
    assert seen == {file.path: file.size for file in files}
