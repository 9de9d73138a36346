"""Measure how the cost of a call and the memory grow with the people on record.

Run `python benchmarks/growth.py`; it prints CPU microseconds a call and bytes a person at each size, in
process. With `--served` it asks two servers in turn instead, one with 1,000 people and one with as many as
there can be; that needs wrk, as benchmarks/server.py does.
"""

from __future__ import annotations

import os
import statistics
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from contestants import Request, ours
from rich.console import Console
from rich.table import Table
from server import fill, measure, start

from custify_transformer import HttpRequest
from mock_custify import create_app
from mock_custify.api.exchange import Exchange
from mock_custify.dataplane.delivery.local_delivery import environ_of_request as environ_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.app import MockCustifyApp

HEADERS: Final = {"Authorization": "Bearer growth-key"}
CALLS: Final[dict[str, tuple[str, str, dict[str, Any]]]] = {
    "upsert": ("POST", "/people", {"user_id": "u77", "name": "Changed"}),
    "read": ("GET", "/people?user_id=u77", {}),
    "first page": ("GET", "/people/all?itemsPerPage=10", {}),
    "last page": ("GET", "/people/all?itemsPerPage=10&page=PAGE", {}),
    "event": ("POST", "/event", {"name": "Login", "user_id": "u77", "created_at": "2026-01-31T12:00:00Z"}),
}
PAGE: Final = 10
SERVED: Final = {
    "upsert": ours()[0].calls["upsert"],
    "read": ours()[0].calls["read"],
    "any page": Request("GET", f"/people/all?itemsPerPage={PAGE}&page=%d"),
    "event": ours()[0].calls["event"],
}


def call(app: MockCustifyApp, method: str, path: str, body: dict[str, Any]) -> None:
    """Make one call in process."""
    request = HttpRequest(method, f"https://api.custify.com{path}", HEADERS, {}, body)
    app.answer(environ_of(request, Exchange()))


def put_people(app: MockCustifyApp, begin: int, end: int) -> None:
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


def served(sizes: Sequence[int], rounds: int, seconds: float) -> Table:
    """Return the rate, p50 and p99 in ms of served calls, for a server of each size asked in turn."""
    contestant = replace(ours()[0], calls=SERVED)
    table = Table("people", *(f"{kind} {unit}" for kind in SERVED for unit in ("/s", "p50", "p99")))
    with ExitStack() as stack:
        running = [(start(contestant, stack), size) for size in sizes]
        for server, size in running:
            fill(server, size)
        for _ in range(rounds):
            for kind, request in SERVED.items():
                for server, size in running:
                    spread = size // PAGE if "page" in kind else size
                    server.results[kind].append(measure(server, request, seconds, spread))
        for server, size in running:
            figures = [
                f"{server.median(kind, unit):,.{digits}f}"
                for kind in SERVED
                for unit, digits in (("rate", 0), ("p50", 2), ("p99", 2))
            ]
            table.add_row(f"{size:,}", *figures)
    return table


def memory() -> int:
    """Return the resident memory of this process, in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@click.command()
@click.option("--largest", default=1_000_000, show_default=True, help="People on record at the end.")
@click.option(
    "--served", "over_http", is_flag=True, help="Ask servers with wrk, of 1,000 and LARGEST people."
)
@click.option(
    "--rounds", default=5, show_default=True, help="Rounds of --served, of which the median counts."
)
@click.option("--seconds", default=3.0, show_default=True, help="Seconds for each kind of call in a round.")
def main(*, largest: int, over_http: bool, rounds: int, seconds: float) -> None:
    """Print the cost of each kind of call and the memory a person takes, size by size.

    Example: python benchmarks/growth.py --largest 100000
    """
    if over_http:
        Console(width=160).print(served([1_000, largest], rounds, seconds))
        return
    app, before, begin = create_app(), memory(), 0
    table = Table("people", *CALLS, "bytes a person")
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= largest]
    for size in sizes:
        put_people(app, begin, size)
        begin = size
        costs = [f"{cost(app, name, size):.1f}" for name in CALLS]
        table.add_row(f"{size:,}", *costs, f"{(memory() - before) / size:,.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
