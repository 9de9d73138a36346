"""Measures what tests do most with the control API. Run: python benchmarks/control.py."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import msgspec

from custify_transformer import HttpRequest
from mock_custify import MockCustify, create_app
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.testing.connections import call_control

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "benchmark-key"
TEST = """
import pytest, requests

@pytest.mark.parametrize("turn", range(1000))
def test_it(custify_server, turn):
    headers = {"Authorization": f"Bearer {custify_server.api_key}"}
    requests.post(custify_server.url + "/people", json={"user_id": "u1"}, headers=headers, timeout=30)
    assert [len(custify_server.people), len(custify_server.requests)] == [1, 1]
"""


def filled(people: int) -> Any:
    """Return an application whose workspace holds so many people of one company."""
    app = create_app()
    state = {
        "people": [
            {"user_id": f"u{number}", "email": f"u{number}@example.com", "companies": [{"company_id": "c"}]}
            for number in range(people)
        ],
        "companies": [{"company_id": "c"}],
    }
    with_body(app, "PUT", "/_mock/state", state)
    return app


def with_body(app: Any, method: str, path: str, body: Any = None) -> None:
    """Make a control call."""
    call_control(app, method, path, KEY, b"" if body is None else msgspec.json.encode(body))


def timed(text: str, work: Callable[[], object]) -> None:
    """Print how long `work` takes."""
    started = perf_counter()
    work()
    sys.stdout.write(f"{text}: {perf_counter() - started:.3f} s\n")


def reset_often() -> None:
    """Empty a workspace of 1,000 people 1,000 times; refilling is not counted."""
    app = filled(1000)
    with app.store.open(KEY) as workspace:
        full, spent = workspace.records, 0.0
    for _ in range(1000):
        workspace.records = full.copy()
        started = perf_counter()
        with_body(app, "POST", "/_mock/reset")
        spent += perf_counter() - started
    sys.stdout.write(f"1,000 resets of 1,000 people: {spent:.3f} s\n")


def snapshot_and_restore() -> None:
    """Take and restore a snapshot of 10,000 people."""
    app = filled(10_000)
    timed(
        "snapshot and restore of 10,000 people",
        lambda: [
            with_body(app, "PUT", "/_mock/snapshots/a"),
            with_body(app, "POST", "/_mock/snapshots/a/restore"),
        ],
    )


def journal_of_a_million() -> None:
    """Make 1,000,000 calls and print how much the memory grew after the journal was full."""
    app = create_app()
    headers = {"Authorization": f"Bearer {KEY}"}
    request = HttpRequest("POST", "https://api.custify.com/people", headers, {}, {"user_id": "u1"})
    for _ in range(2000):
        deliver(app, request)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    timed("1,000,000 calls", lambda: repeated(1_000_000, lambda: deliver(app, request)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    with app.store.open(KEY) as workspace:
        kept = len(workspace.journal)
    sys.stdout.write(f"  journal keeps {kept}, memory grew by {grown:.1f} MiB\n")


def repeated(times: int, work: Callable[[], object]) -> None:
    """Do `work` so many times and keep nothing of it."""
    for _ in range(times):
        work()


def parallel_tests() -> None:
    """Run 1,000 tests in 8 workers against one server."""
    with MockCustify.serve() as server, tempfile.TemporaryDirectory() as folder:
        Path(folder, "test_it.py").write_text(TEST)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "8", "--custify-url", server.url, folder]
        timed("1,000 tests in 8 workers", lambda: subprocess.run(command, check=True))  # noqa: S603 - ours


if __name__ == "__main__":
    journal_of_a_million()  # first: it reads the peak of the memory
    reset_often()
    snapshot_and_restore()
    parallel_tests()
