"""Measure what runs in the process of a test, on one core: transform, strategies, laws, intercepted clients.

Every row is measured in turn, round after round, so that a busy moment meets each of them; the first round
warms up, of the others medians count. All figures are CPU time of this process. Compare figures of the same
run only.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import click
import httpx
import requests
import responses
from contract import generating, holding
from rich.console import Console
from rich.table import Table
from transform import DESTINATION, MESSAGES

from custify_transformer import PROFILES, HttpRequest, transform
from mock_custify import MockCustify, create_app
from mock_custify.dataplane.delivery.local_delivery import deliver

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from contract import Run

    Around = Callable[[], AbstractContextManager[object]]

URL: Final = "https://api.custify.com/people"
CALL: Final[dict[str, Any]] = {
    "headers": {"Authorization": "Bearer benchmark-key", "Content-Type": "application/json"},
    "json": {
        "user_id": "u1",
        "email": "u1@example.com",
        "name": "Alex Keener",
        "session_count": 42,
        "custom_attributes": {"plan": "Pro", "score": 12.5},
    },
}


@dataclass(frozen=True, slots=True)
class Work:
    """A row: `run` does `count` of something, drawing from a seed, and tells how many it came to.

    `times` are the microseconds that one took, round by round.
    """

    section: str
    name: str
    run: Run
    count: int
    times: list[float] = field(default_factory=list)


def transforming() -> dict[str, Run]:
    """Return runs that transform one message of each kind, in each profile."""
    return {
        f"{kind}, {profile}": repeated(
            lambda message=message, name=profile: transform(message, DESTINATION, name)
        )
        for profile in PROFILES
        for kind, message in MESSAGES.items()
    }


def upserting() -> dict[str, Run]:
    """Return runs of an upsert without a client and with each, beside canned answers to the same call."""
    app, session, client = create_app(), requests.Session(), httpx.Client()
    request = HttpRequest("POST", URL, CALL["headers"], {}, CALL["json"])
    canned = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=CALL["json"])))
    return {
        "deliver, no client": repeated(lambda: deliver(app, request)),
        "requests to MockCustify": inside(MockCustify, lambda: session.post(URL, **CALL)),
        "requests to a canned answer of responses": inside(answering, lambda: session.post(URL, **CALL)),
        "httpx to MockCustify": inside(MockCustify, lambda: client.post(URL, **CALL)),
        "httpx to a canned answer of MockTransport": repeated(lambda: canned.post(URL, **CALL)),
        "aiohttp to MockCustify": lambda count, _seed: asyncio.run(by_aiohttp(count)),
    }


def surrounding() -> dict[str, Run]:
    """Return a run of what a test with the fake costs before its first call."""
    return {"MockCustify entered and left": repeated(lambda: inside(MockCustify, int)(1, 0))}


def repeated(step: Callable[[], object]) -> Run:
    """Return a run of a step that draws nothing."""

    def run(count: int, _seed: int) -> int:
        for _ in range(count):
            step()
        return count

    return run


def inside(around: Around, step: Callable[[], object]) -> Run:
    """Return a run of a step within a context."""

    def run(count: int, seed: int) -> int:
        with around():
            return repeated(step)(count, seed)

    return run


def answering() -> responses.RequestsMock:
    """Return `responses` with one answer to every upsert."""
    mock = responses.RequestsMock()
    mock.add("POST", URL, json=CALL["json"])
    return mock


async def by_aiohttp(count: int) -> int:
    """Make upserts by aiohttp, one after the other; return how many."""
    async with MockCustify(), aiohttp.ClientSession() as session:
        for _ in range(count):
            async with session.post(URL, **CALL) as answer:
                await answer.read()
    return count


# By section: what gives its rows, and how many a round does of each.
SECTIONS: Final[dict[str, tuple[Callable[[], dict[str, Run]], int]]] = {
    "transform": (transforming, 10_000),
    "strategies": (generating, 500),
    "laws": (holding, 500),
    "upsert": (upserting, 500),
    "test": (surrounding, 20),
}


def measure(works: list[Work], rounds: int) -> None:
    """Measure every work in turn, round after round; a first one warms up only."""
    for round_ in range(rounds + 1):
        for work in works:
            started = time.process_time()
            done = work.run(work.count, round_)
            taken = time.process_time() - started
            work.times.extend([taken / done * 1e6] if round_ else [])


def table(works: list[Work]) -> Table:
    """Return the figures as a table."""
    shown = Table("section", "one", "us", "per s")
    for work in works:
        cost = statistics.median(work.times)
        shown.add_row(work.section, work.name, f"{cost:,.1f}", f"{1e6 / cost:,.0f}")
    return shown


@click.command()
@click.argument("sections", nargs=-1, type=click.Choice(list(SECTIONS)))
@click.option("--rounds", default=7, show_default=True, help="Rounds, of which the median counts.")
def main(sections: tuple[str, ...], rounds: int) -> None:
    """Print CPU microseconds for one of everything, or of SECTIONS, and how many a second that makes.

    Example: python benchmarks/inprocess.py upsert --rounds 21
    """
    works = [
        Work(section, name, run, SECTIONS[section][1])
        for section in sections or SECTIONS
        for name, run in SECTIONS[section][0]().items()
    ]
    measure(works, rounds)
    Console(width=110).print(table(works))


if __name__ == "__main__":
    main()
