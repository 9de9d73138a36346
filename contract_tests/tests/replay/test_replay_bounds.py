"""What an archive says neither steers a terminal nor lets a report grow without end."""

import gzip
import json
import threading
from base64 import b64encode

import pytest
from click.testing import CliRunner

from mock_custify.app import create_app
from mock_custify.cli import main
from mock_custify.dashboard import replay as view
from mock_custify.replay import replay
from mock_custify.replay.charts import MOST_BARS, binned
from mock_custify.replay.html import MOST_ROWS, html_of
from support.replay_cases import write_lines

STEERING = "\x1b]0;title\x07\u202e"


def identify(number=1, **traits):
    return {"type": "identify", "userId": f"u{number}", "traits": traits}


@pytest.fixture
def report_of(tmp_path):
    return lambda *messages: replay(write_lines(tmp_path / "a.jsonl", messages))


def test_names_from_an_archive_do_not_steer_the_terminal(tmp_path):
    archive = write_lines(
        tmp_path / "a.jsonl", [identify(1, **{STEERING: 1}), identify(2, **{STEERING: "a"})]
    )

    printed = CliRunner().invoke(main, ["replay", str(archive)]).stdout

    assert not set(STEERING[:4]) & set(printed) & {"\x1b", "\x07"}
    assert "\u202e" not in printed
    assert r"people.\x1b]0;title" in printed


LISTS = {
    "refusals": lambda n: identify(**{f"field{n}": "x" * 300}),
    "custom_fields": lambda n: identify(**{f"field{n}": 1}),
    "personal_data": lambda n: identify(**{f"field{n}": "a@example.com"}),
    "types": lambda n: {"type": f"kind{n}"},
}


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_is_cut_in_the_html_report(report_of, name):
    report = report_of(*map(LISTS[name], range(MOST_ROWS + 50)))

    page = html_of(report)

    assert len(getattr(report, name)) == MOST_ROWS + 50
    assert "and 50 more: the JSON report has all" in page
    assert len(page) < 500_000


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ([f"2026-01-{day:02}" for day in range(1, 32)], "2026-01-01", "2026-01-31"),
        (
            [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)],
            "2026-01",
            "2026-12",
        ),
        ([f"20{year:02}-{month:02}-01" for year in range(20, 60) for month in range(1, 13)], "2020", "2059"),
        ([f"{year}-01-01" for year in range(1400, 2300)], "1400", "2290"),
        ([f"{year:04}-01-01" for year in range(1, 9999)], "0000", "9900"),
    ],
    ids=["days", "months", "years", "decades", "centuries"],
)
def test_a_chart_has_a_bounded_number_of_bars(days, first, last):
    bins = binned({day: {"track": 1} for day in days})

    assert (min(bins), max(bins), sum(one["track"] for one in bins.values())) == (first, last, len(days))
    assert len(bins) <= max(MOST_BARS, 100)


@pytest.mark.parametrize(
    "received", ["x" * 23 + "Z", "2026-13-45T99:99:99.000Z", "0001-01-01T00:00:00.000+10:00", 7, None]
)
def test_a_time_that_is_none_is_no_day_of_the_archive(report_of, received):
    report = report_of({**identify(), "receivedAt": received})

    assert (report.archive.first, list(report.archive.days)) == ("", [""])


def test_a_small_file_with_endless_text_is_refused_on_the_page(monkeypatch):
    monkeypatch.setattr(view, "MOST_UNPACKED", 2**20)
    client, headers = create_app().test_client(), {"Authorization": "Bearer k"}
    content = gzip.compress(json.dumps(identify()).encode() + b"\n" * 2**21)

    client.post(
        "/_mock/ui/api/replay",
        json={"name": "a.gz", "content": b64encode(content).decode()},
        headers=headers,
    )

    for thread in threading.enumerate():
        if thread.name == "replay":
            thread.join(30)
    progress = client.get("/_mock/ui/api/replay", headers=headers).json
    assert (progress["state"], progress["error"]) == (
        "failed",
        "the page replays at most 1 MiB of unpacked text: use mock-custify replay",
    )
