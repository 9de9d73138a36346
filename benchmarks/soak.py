"""Keep the fake under a mixed load for some minutes and watch its memory; needs Linux.

Run `python benchmarks/soak.py --minutes 6`. One workspace is never reset and is sent only what keeps its
records bounded, so that what a deletion leaves behind shows; the other one gets events as well and is reset
now and then.
Ends with status 1 when a call fails or when the memory grows by more than a bound after the warm-up.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click
from contestants import ours
from mixture import draw
from rich.console import Console
from rich.progress import track
from rich.table import Table
from server import memory, start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mixture import Ask

EVERY: Final = 3.0  # seconds between two samples
PART: Final = 5  # the first and the last fifth of the samples after the warm-up are compared
SHOWN: Final = 10  # failures


@dataclass(frozen=True, slots=True)
class Sample:
    """What the server held at a moment: seconds since the start, memory in MB, threads, open files."""

    at: float
    memory: float
    threads: int
    files: int


@dataclass(slots=True)
class Client:
    """Makes drawn calls on one connection until it is told to stop; counts them, and notes what fails."""

    address: str
    chance: Random
    made: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def run(self, ending: Event) -> None:
        """Make call after call; a connection that failed is replaced."""
        connection = HTTPConnection(self.address, timeout=30)
        while not ending.is_set():
            ask = draw(self.chance)
            self.made[ask.kind.name] += 1
            try:
                status = answered(connection, ask)
            except (OSError, HTTPException) as error:
                connection.close()
                self.failed.append(f"{ask.kind.name}: {error!r}")
            else:
                self.judge(ask, status)
        connection.close()

    def judge(self, ask: Ask, status: int) -> None:
        """Note an answer that is not one of the right ones."""
        if status not in ask.kind.right:
            self.failed.append(f"{ask.kind.name}: answered {status}")


def answered(connection: HTTPConnection, ask: Ask) -> int:
    """Return the status of an answer; one that is not to be read whole is left with its connection."""
    connection.request(ask.kind.method, ask.path, ask.body or None, ask.headers)
    answer = connection.getresponse()
    answer.read(None if ask.kind.whole else 1)
    if not ask.kind.whole:
        connection.close()
    return answer.status


def sampled(pid: int, begun: float) -> Sample:
    """Return what a process holds now."""
    threads, files = (len(list(Path(f"/proc/{pid}/{part}").iterdir())) for part in ("task", "fd"))
    return Sample(time.perf_counter() - begun, memory(pid), threads, files)


def soak(pid: int, clients: Sequence[Client], minutes: float) -> list[Sample]:
    """Return the samples of a run of all clients at once."""
    ending, begun = Event(), time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool, ExitStack() as stack:
        stack.callback(ending.set)  # an interrupted run ends too
        running = [pool.submit(client.run, ending) for client in clients]
        samples = []
        for _ in track(range(max(1, round(minutes * 60 / EVERY))), "soaking", console=Console(stderr=True)):
            time.sleep(EVERY)
            samples.append(sampled(pid, begun))
        ending.set()
        for client in running:
            client.result()
    return samples


def growth(samples: Sequence[Sample]) -> tuple[float, float]:
    """Return by how many MB the last part of the samples is above the first, and the slope in MB a minute."""
    held = [sample.memory for sample in samples]
    part = max(1, len(held) // PART)
    slope, _ = statistics.linear_regression([sample.at / 60 for sample in samples], held)
    return statistics.median(held[-part:]) - statistics.median(held[:part]), slope


def shown(samples: Sequence[Sample], clients: Sequence[Client]) -> Table:
    """Return the course of the run, ten moments of it, and what was called how often."""
    table = Table("at s", "memory MB", "threads", "open files")
    for sample in samples[:: max(1, len(samples) // 10)]:
        table.add_row(f"{sample.at:.0f}", f"{sample.memory:.1f}", str(sample.threads), str(sample.files))
    made = sum((client.made for client in clients), Counter[str]())
    table.caption = ", ".join(f"{number:,} {name}" for name, number in made.most_common())
    return table


@click.command()
@click.option("--minutes", default=6.0, show_default=True, help="How long the load lasts.")
@click.option("--warm-up", default=2.0, show_default=True, help="Minutes before memory is compared.")
@click.option("--connections", default=8, show_default=True, help="Connections, each with a thread.")
@click.option("--bound", default=4.0, show_default=True, help="MB by which the memory may grow.")
@click.option("--seed", default=0, show_default=True, help="The seed of the calls.")
def main(minutes: float, warm_up: float, connections: int, bound: float, seed: int) -> None:
    """Run `mock-custify serve` under a mixed load; print calls, failures and memory.

    Example: python benchmarks/soak.py --minutes 30 --connections 16
    """
    with ExitStack() as stack:
        server = start(ours()[0], stack)
        address = urlsplit(server.url).netloc
        clients = [Client(address, Random(seed + number)) for number in range(connections)]  # noqa: S311 - no secret
        samples = soak(server.process.pid, clients, minutes)
    console = Console(width=120)
    console.print(shown(samples, clients))
    grown, slope = growth([sample for sample in samples if sample.at >= warm_up * 60])
    failed = [failure for client in clients for failure in client.failed]
    calls = sum(client.made.total() for client in clients)
    console.print(
        f"{calls:,} calls on {connections} connections in {minutes:g} minutes, {len(failed)} failed"
    )
    console.print(f"after {warm_up:g} minutes: {grown:+.2f} MB (bound {bound:g}), {slope:+.3f} MB a minute")
    console.print(*failed[:SHOWN], sep="\n")
    sys.exit(bool(failed) or grown > bound)


if __name__ == "__main__":
    main()
