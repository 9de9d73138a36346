"""Measure how the cost of a call and the memory grow with the people on record, in process.

Run `python benchmarks/growth.py`; it prints CPU microseconds a call and bytes a person at each size.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.table import Table

from mock_custify import create_app
from mock_custify.web.exchange import Exchange
from mock_custify.wire import environ_of
from transformer import HttpRequest

if TYPE_CHECKING:
    from mock_custify.app import MockCustifyApp

HEADERS: Final = {"Authorization": "Bearer growth-key"}
CALLS: Final[dict[str, tuple[str, str, dict[str, Any]]]] = {
    "upsert": ("POST", "/people", {"user_id": "u77", "name": "Changed"}),
    "read": ("GET", "/people?user_id=u77", {}),
    "first page": ("GET", "/people/all?itemsPerPage=10", {}),
    "last page": ("GET", "/people/all?itemsPerPage=10&page=PAGE", {}),
    "event": ("POST", "/event", {"name": "Login", "user_id": "u77"}),
}


def call(app: MockCustifyApp, method: str, path: str, body: dict[str, Any]) -> None:
    """Make one call in process."""
    request = HttpRequest(method, f"https://api.custify.com{path}", HEADERS, {}, body)
    app.answer(environ_of(request, Exchange()))


def fill(app: MockCustifyApp, begin: int, end: int) -> None:
    """Put people on record, each in one of 100 companies."""
    for number in range(begin, end):
        attributes = {"plan": "Pro", "score": number / 2}
        links = [{"company_id": f"c{number % 100}"}]
        body = {"user_id": f"u{number}", "email": f"u{number}@example.com", "name": "Alex Keener"}
        call(app, "POST", "/people", {**body, "companies": links, "custom_attributes": attributes})


def cost(app: MockCustifyApp, name: str, people: int) -> float:
    """Return the median CPU time of one kind of call over 11 times 300 calls, in microseconds."""
    method, path, body = CALLS[name]
    path = path.replace("PAGE", str(people // 10))
    taken = []
    for _ in range(11):
        begun = time.process_time()
        for _ in range(300):
            call(app, method, path, body)
        taken.append(time.process_time() - begun)
    return statistics.median(taken) / 300 * 1e6


def memory() -> int:
    """Return the resident memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@click.command()
@click.option("--largest", default=1_000_000, show_default=True, help="People on record at the end.")
def main(largest: int) -> None:
    """Print the cost of each kind of call and the memory a person takes, size by size.

    Example: python benchmarks/growth.py --largest 100000
    """
    app, before, begin = create_app(), memory(), 0
    table = Table("people", *CALLS, "bytes a person")
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= largest]
    for size in sizes:
        fill(app, begin, size)
        begin = size
        costs = [f"{cost(app, name, size):.1f}" for name in CALLS]
        table.add_row(f"{size:,}", *costs, f"{(memory() - before) / size:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
