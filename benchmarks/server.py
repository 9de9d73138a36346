"""Measure the fake beside other mock servers: requests/s, latency, CPU time, start-up and memory.

Run `python benchmarks/server.py --peers FOLDER`; needs Linux and wrk. FOLDER holds what is to be compared:
`npm install --prefix FOLDER node@22 emulate@0.12.2 json-server@0.17 wiremock@3.13.2`, Java, and a venv in
FOLDER/venv with moto[server] and localstripe. What does not answer in time is left out, and named. All run at
once and are asked in turn, so that a busy moment meets each of them; medians count. Compare figures of the
same run only.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError
from urllib.request import urlopen

import click
from contestants import HERE, Contestant, Request, elsewhere, ours, peers, without_uvloop
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE: Final = 100_000
TICK: Final = os.sysconf("SC_CLK_TCK")
PATIENCE: Final = 30.0
KINDS: Final = ("upsert", "read", "list", "event")


@dataclass(slots=True)
class Running:
    """A server that runs; `start` is the seconds to its first answer, memory is in MB."""

    contestant: Contestant
    process: subprocess.Popen[bytes]
    url: str
    start: float
    idle: float
    results: dict[str, list[dict[str, float]]] = field(default_factory=lambda: defaultdict(list))

    def median(self, kind: str, figure: str) -> float | None:
        """Return the median of a figure over the rounds, or None when the server has no such call."""
        values = [result[figure] for result in self.results[kind]]
        return statistics.median(values) if values else None


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def start(contestant: Contestant, stack: ExitStack) -> Running:
    """Start a server in a folder of its own and wait for its first answer."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    for name, text in contestant.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    port = str(free_port())
    command = [part.replace("PORT", port) for part in contestant.command]
    environment = {**os.environ, "PYTHONPATH": contestant.python_path}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, **quiet)  # type: ignore[call-overload] # noqa: S603
    stack.callback(lambda: (process.terminate(), process.wait()))
    wait_until_answered(f"http://127.0.0.1:{port}/")
    taken = time.perf_counter() - begun
    time.sleep(0.5)
    return Running(contestant, process, f"http://127.0.0.1:{port}", taken, memory(process.pid))


def started(contestants: list[Contestant], stack: ExitStack) -> Iterator[Running]:
    """Yield the servers that answer in time; name the others."""
    for contestant in contestants:
        try:
            yield start(contestant, stack)
        except TimeoutError as error:
            click.echo(f"{contestant.name} is left out: {error}", err=True)


def wait_until_answered(url: str) -> None:
    """Return when `url` gives any answer; raise TimeoutError."""
    deadline = time.perf_counter() + PATIENCE
    while time.perf_counter() < deadline:
        try:
            urlopen(url, timeout=5).close()  # noqa: S310 - our own address
        except HTTPError:
            return
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


def family(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from family(int(child))


def memory(pid: int) -> float:
    """Return the resident memory of a process with its descendants, in MB."""
    pages = (int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family(pid))
    return sum(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu(pid: int) -> float:
    """Return the CPU time of a process with its descendants, in seconds."""
    texts = (Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in family(pid))
    return sum(int(text[11]) + int(text[12]) for text in texts) / TICK


def measure(running: Running, request: Request, seconds: float, spread: int = 1000) -> dict[str, float]:
    """Return what wrk and the system say about one kind of call: one thread, 16 connections."""
    script = [
        str(HERE / "calls.lua"),
        running.url,
        "--",
        request.method,
        request.path,
        request.body,
        str(spread),
    ]
    command = ["wrk", "-t1", "-c16", f"-d{seconds:g}s", "-s", *script, *running.contestant.headers]
    before = cpu(running.process.pid)
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    used = cpu(running.process.pid) - before
    result: dict[str, float] = json.loads(output.splitlines()[-1])
    result["rate"] = result["requests"] / result["seconds"]
    result["cpu"] = used / max(result["requests"], 1) * 1e6
    return result


def compare(running: list[Running], rounds: int, seconds: float) -> None:
    """Ask every server each kind of call, in turn, forth and back; a first round warms up only."""
    for round_ in range(rounds + 1):
        for kind in KINDS:
            for server in running[:: 1 if round_ % 2 else -1]:
                if kind in server.contestant.calls:
                    result = measure(server, server.contestant.calls[kind], seconds)
                    server.results[kind] += [result] if round_ else []


def fill(server: Running, count: int, prefix: str = "") -> float:
    """Put `count` people on record, numbered from 1 behind `prefix`; return the memory after that, in MB."""
    body = server.contestant.calls["upsert"].body.replace('"u%d', f'"{prefix}u%d')
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as connection:
        for begin in range(1, count + 1, 200):
            numbers = range(begin, min(begin + 200, count + 1))
            batch = [posted(body.replace("%d", str(number)), server.contestant.headers) for number in numbers]
            connection.sendall(b"".join(batch))
            read_answers(connection, len(batch))
    return memory(server.process.pid)


def posted(body: str, headers: tuple[str, ...]) -> bytes:
    """Return the bytes of an upsert."""
    lines = ["POST /people HTTP/1.1", "Host: x", *headers, f"Content-Length: {len(body)}", "", body]
    return "\r\n".join(lines).encode()


def read_answers(connection: socket.socket, count: int) -> None:
    """Read until `count` answers have begun and the last one is there."""
    data = b""
    while data.count(b"HTTP/1.1 200") < count or not data.endswith(b"}"):
        data += connection.recv(1 << 20)


def table(running: list[Running]) -> Table:
    """Return the figures as a table."""
    shown = Table("server", "start s", "idle MB", *(f"{kind} {unit}" for kind in KINDS for unit in UNITS))
    for server in running:
        cells = [f"{server.start:.2f}", f"{server.idle:.0f}"]
        for kind in KINDS:
            figures = [server.median(kind, figure) for figure in UNITS.values()]
            cells += [
                "-" if figure is None else f"{figure:,.{DIGITS[unit]}f}"
                for unit, figure in zip(UNITS, figures, strict=True)
            ]
        failed = sum(result["failed"] for results in server.results.values() for result in results)
        shown.add_row(server.contestant.name + (f" ({failed:.0f} failed)" if failed else ""), *cells)
    return shown


UNITS: Final = {"/s": "rate", "p50": "p50", "p99": "p99", "us": "cpu"}
DIGITS: Final = {"/s": 0, "p50": 2, "p99": 2, "us": 0}


@click.command()
@click.option("--peers", "folder", type=click.Path(path_type=Path), help="Where the peers are installed.")
@click.option("--before", type=click.Path(path_type=Path), help="Compare only with this older checkout.")
@click.option("--servers", is_flag=True, help="Add the fake on other WSGI servers, where installed.")
@click.option("--loops", is_flag=True, help="Compare only with the fake on asyncio's own event loop.")
@click.option("--one-core", is_flag=True, help="Give every server one core, and wrk the other.")
@click.option("--rounds", default=3, show_default=True, help="Rounds, of which the median counts.")
@click.option("--seconds", default=4.0, show_default=True, help="Seconds for each kind of call in a round.")
def main(  # noqa: PLR0913 - one for each option
    *,
    folder: Path | None,
    before: Path | None,
    servers: bool,
    loops: bool,
    one_core: bool,
    rounds: int,
    seconds: float,
) -> None:
    """Print one table of all servers: requests/s, p50 and p99 in ms, CPU microseconds a request.

    Example: python benchmarks/server.py --peers /tmp/peers
    """
    contestants = ours() + (elsewhere() if servers else [])
    contestants += [peer for peer in peers(folder or Path()) if peer.is_installed()]
    if before:
        contestants = [contestants[0], replace(contestants[0], name="before", source=before.resolve())]
    if loops:
        contestants = [contestants[0], without_uvloop()]
    if one_core:
        os.sched_setaffinity(0, {1})
        contestants = [replace(one, command=("taskset", "-c", "0", *one.command)) for one in contestants]
    with ExitStack() as stack:
        running = list(started(contestants, stack))
        compare(running, rounds, seconds)
        full = fill(running[0], PEOPLE, "filled-")
    console = Console(width=240)
    console.print(table(running))
    console.print(f"{running[0].contestant.name} with {PEOPLE:,} people more: {full:.0f} MB")


if __name__ == "__main__":
    main()
