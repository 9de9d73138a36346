"""Measure how many messages a second the data plane takes, in process with the fake, on one core.

Run: python benchmarks/dataplane.py [--messages 20000] [--profile documented|production]
A third each of identify, track and group, about 1,000 bytes a message, 1,000 people in 100 companies, in
gzip batches of 100 from one client over a socket. The client shares the core, as it does in a test.
"""

from __future__ import annotations

import gzip
import http.client
import os
from base64 import b64encode
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec

from mock_custify.app import create_app
from mock_custify.server.server import ServerThread

BATCH = 100
FILLER = {f"attribute{number}": f"a value of some length, number {number}" for number in range(10)}
CONTEXT = {"library": {"name": "analytics-python", "version": "2.1.9"}, "ip": "192.0.2.1", "locale": "en-GB"}
HEADERS = {"Authorization": f"Basic {b64encode(b'bench:').decode()}"}


def message(number: int) -> dict[str, Any]:
    """Return the n-th message."""
    common = {
        "userId": f"user{number % 1000}",
        "messageId": f"3955147e-8e1b-4b93-8241-{number:012d}",
        "timestamp": "2026-11-23T19:07:37.789335+00:00",
        "context": CONTEXT,
        "integrations": {"All": True},
        "channel": "server",
    }
    kinds: tuple[dict[str, Any], ...] = (
        {"type": "identify", "traits": {"email": f"user{number % 1000}@example.com", **FILLER}},
        {"type": "track", "event": "Order Completed", "properties": {"value": number, **FILLER}},
        {"type": "group", "groupId": f"company{number % 100}", "traits": {"name": "Acme", **FILLER}},
    )
    return {**common, **kinds[number % 3]}


def batches(messages: int) -> list[bytes]:
    """Return the bodies of the calls, packed."""
    bodies = [
        {"batch": [message(number) for number in range(first, first + BATCH)]}
        for first in range(0, messages, BATCH)
    ]
    return [gzip.compress(msgspec.json.encode(body), 1) for body in bodies]


def send(connection: http.client.HTTPConnection, body: bytes) -> None:
    """Send one batch and wait for its answer."""
    connection.request("POST", "/v1/batch", body, {**HEADERS, "Content-Encoding": "gzip"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != http.client.OK:
        raise click.ClickException(f"a batch was refused: {answer.status} {text!r}")


def messages_per_second(bodies: list[bytes], profile: str) -> float:
    """Return the speed of one run against a fresh server."""
    server = ServerThread(create_app())
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    bearer = {"Authorization": "Bearer bench", "Content-Type": "application/json"}
    connection.request("PUT", "/_mock/destination", msgspec.json.encode({"profile": profile}), bearer)
    connection.getresponse().read()
    started = perf_counter()
    for body in bodies:
        send(connection, body)
    elapsed = perf_counter() - started
    connection.close()
    server.stop()
    return len(bodies) * BATCH / elapsed


@click.command()
@click.option("--messages", default=20_000, show_default=True, help="How many messages a run sends.")
@click.option("--runs", default=5, show_default=True, help="How many runs; the median counts.")
@click.option("--profile", default="documented", show_default=True)
def main(messages: int, runs: int, profile: str) -> None:
    """Print messages per second: the median, the slowest and the fastest run."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    bodies = batches(messages)
    speeds = [messages_per_second(bodies, profile) for _ in range(runs)]
    click.echo(
        f"{profile}: {median(speeds):,.0f} messages/s "
        f"({min(speeds):,.0f} to {max(speeds):,.0f}, {runs} runs of {messages:,})"
    )


if __name__ == "__main__":
    main()
