"""Measure `mock-custify replay`: messages a second and memory, beside the bare transformer.

Run `python benchmarks/replay.py 100000`. With `--equal` it delivers the messages to a fake as well, and
compares the state that this leaves with the state after the replay, for 1, 2 and 5 jobs and for Ray.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import click
import msgspec
from rich.console import Console

from custify_transformer import PROFILES, Destination, transform
from custify_transformer.javascript import decode
from mock_custify.app import create_app
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.state.state import state_of
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

DESTINATION: Final = Destination.from_config({"apiKey": "replay"})
PER_FILE: Final = 100_000
UNTOLD: Final = {"id", "_id", "customer_id", "created_at", "updated_at", "received_at", "last_request_at"}
RUN: Final = """
import resource, sys, time
from mock_custify.cli import main
started = time.perf_counter()
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0, end.code
used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(time.perf_counter() - started, *used, file=sys.stderr)
"""


def messages(count: int, users: int) -> Iterator[dict[str, Any]]:
    """Return messages of invented users, each in one of many companies."""
    random = Random(1)  # noqa: S311 - no secret
    for number in range(count):
        user = random.randrange(users)
        message: dict[str, Any] = {
            "type": random.choice(("identify", "track", "track", "group")),
            "messageId": f"m{number}",
            "userId": f"u{user}",
            "channel": "web",
            "originalTimestamp": "2026-01-02T03:04:05.000Z",
            "receivedAt": f"2026-01-02T03:{number // 60 % 60:02}:{number % 60:02}.000Z",
            "context": {"traits": {"email": f"u{user}@example.com"}, "locale": "en", "ip": "192.0.2.1"},
        }
        if message["type"] == "identify":
            message["traits"] = {"name": f"User {user}", "plan": "Pro", "logins": number % 100}
        elif message["type"] == "group":
            message |= {"groupId": f"g{user % max(users // 20, 1)}", "traits": {"name": "Acme", "size": 5}}
        else:
            message |= {"event": "Order Completed", "properties": {"value": number % 50, "currency": "EUR"}}
        yield message


def write_archive(folder: Path, count: int, users: int) -> None:
    """Write the messages as gzip files."""
    source = messages(count, users)
    for number in range(-(-count // PER_FILE)):
        with gzip.open(folder / f"part-{number}.json.gz", "wb", compresslevel=1) as file:
            for _, message in zip(range(PER_FILE), source, strict=False):
                file.write(msgspec.json.encode(message) + b"\n")


def bare(folder: Path) -> float:
    """Return the seconds that it takes to read the messages and to transform them by both profiles."""
    started = time.perf_counter()
    for path in sorted(folder.glob("*.gz")):
        with gzip.open(path) as file:
            for line in file:
                message = decode(line)
                for profile in PROFILES:
                    transform(message, DESTINATION, profile)
    return time.perf_counter() - started


def replayed(folder: Path, *options: str) -> tuple[float, float]:
    """Return the seconds and the megabytes of a replay; those of its largest child process count too."""
    command = [sys.executable, "-c", RUN, "replay", str(folder), *options]
    result = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    seconds, own, children = map(float, result.stderr.split()[-3:])
    return seconds, max(own, children) / 1024


def delivered(folder: Path) -> Any:
    """Return the state that the delivery of the messages leaves in a fake."""
    app = create_app(Store())
    for path in sorted(folder.glob("*.gz")):
        for line in gzip.decompress(path.read_bytes()).splitlines():
            for request in transform(decode(line), DESTINATION):
                if deliver(app, request).status not in (200, 202):
                    break
    with app.store.open("replay") as workspace:
        return comparable(msgspec.json.encode(state_of(workspace)))


def comparable(content: bytes) -> Any:
    """Return a state without ids and times of the run; links between records have names instead."""
    state = json.loads(content)
    names = {
        one["id"]: one.get("company_id") or one.get("user_id") for one in state["companies"] + state["people"]
    }
    for section in ("people", "companies", "events"):
        for record in state[section]:
            for name in UNTOLD - ({"created_at"} if section == "events" else set()):
                record.pop(name, None)
            for name in {"person", "company"} & set(record):
                record[name] = names.get(record[name])
            if "companies" in record:
                record["companies"] = [names[one] for one in record["companies"]]
    return state


@click.command()
@click.argument("count", default=100_000)
@click.option("--users", default=1000, show_default=True)
@click.option("--equal", is_flag=True, help="Compare with a delivery, for each engine.")
@click.option("--way", "wanted", default="", help="Only this way, such as one.")
def main(count: int, users: int, *, equal: bool, wanted: str) -> None:
    """Measure a replay of COUNT messages."""
    console = Console(highlight=False)
    with TemporaryDirectory() as name:
        folder = Path(name) / "archive"
        folder.mkdir()
        write_archive(folder, count, users)
        seconds = bare(folder)
        console.print(f"bare transformer, both profiles  {count / seconds:9,.0f} messages/s")
        ways = {"one job": ["--jobs", "1"], "2 jobs": ["--jobs", "2"], "5 jobs": ["--jobs", "5"]}
        if find_spec("ray"):
            ways["Ray, 2 workers"] = ["--engine", "ray", "--jobs", "2"]
        state = Path(name) / "state.json"
        expected = delivered(folder) if equal else None
        for way, options in ((way, how) for way, how in ways.items() if way.startswith(wanted)):
            taken, size = replayed(folder, *options, *(["--state-out", str(state)] if equal else []))
            same = "" if not equal else f"  equal: {comparable(state.read_bytes()) == expected}"
            console.print(
                f"{way:31}  {count / taken:9,.0f} messages/s  {size:6,.0f} MB  "
                f"{taken / seconds:.2f} times the bare transformer{same}"
            )


if __name__ == "__main__":
    main()
