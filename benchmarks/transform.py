"""Measure the transformer on one core: events per second and CPU time per event, by kind, profile and codec.

Run `python benchmarks/transform.py`; compare figures of the same machine only.
"""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.table import Table

from custify_transformer import PROFILES, Destination, transform
from custify_transformer.javascript import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable

DESTINATION: Final = Destination.from_config({"apiKey": "key", "sendAnonymousId": True})
# The original in its own runtime on a like machine: process() alone, and with its JSON codec.
ORIGINAL: Final = {"identify": 46_900, "track": 92_300, "group": 30_100, "mixed": 42_100}
ORIGINAL_WITH_CODEC: Final = {"identify": 32_800, "track": 61_000, "group": 26_300, "mixed": 32_700}
PERSON: Final = {
    "name": "Alex Keener",
    "email": "alex@example.com",
    "phone": "+1 555 0100",
    "country": "USA",
    "plan": "Pro",
    "logins": 42,
    "score": 12.5,
    "newsletter": True,
    "sessionCount": 17,
    "signedUpAt": "2024-05-06T07:08:09.123Z",
    "unsubscribedFromEmails": False,
    "company": {"id": "company_123", "name": "Tech Group"},
}
COMMON: Final[dict[str, Any]] = {
    "messageId": "5253fdd5-5ce2-424b-acca-e954f2751268",
    "anonymousId": "0f6a0b98-1d66-433f-bc6c-b94a22ba219c",
    "userId": "1hKOmRA4GRlm",
    "channel": "web",
    "originalTimestamp": "2026-11-23T19:41:58.157Z",
    "sentAt": "2026-11-23T19:41:58.160Z",
    "integrations": {"All": True},
    "context": {
        "traits": PERSON,
        "sessionId": 1795462918147,
        "app": {"name": "RudderLabs JavaScript SDK", "version": "3.34.1"},
        "library": {"name": "RudderLabs JavaScript SDK", "version": "3.34.1"},
        "locale": "en-US",
    },
}
MESSAGES: Final[dict[str, dict[str, Any]]] = {
    "identify": {**COMMON, "type": "identify"},
    "track": {
        **COMMON,
        "type": "track",
        "event": "Order Completed",
        "properties": {
            "category": "category",
            "label": "label",
            "value": 120,
            "currency": "USD",
            "items": [1],
        },
    },
    "group": {
        **COMMON,
        "type": "group",
        "groupId": "group01",
        "traits": {"name": "Tech Group", "size": 150, "plan": "Pro", "mrr": 99.5, "city": "Berlin"},
    },
}


def messages_of(kind: str) -> list[dict[str, Any]]:
    """Return the messages of one kind, all three for "mixed"."""
    return list(MESSAGES.values()) if kind == "mixed" else [MESSAGES[kind]] * len(MESSAGES)


def transformed(kind: str, profile: str) -> Callable[[], None]:
    """Return the work of three events: transform alone."""
    messages = messages_of(kind)

    def work() -> None:
        """Transform each message."""
        for message in messages:
            transform(message, DESTINATION, profile)

    return work


def coded(kind: str, profile: str) -> Callable[[], None]:
    """Return the work of three events: read a line, transform it, print its requests."""
    lines = [json.dumps(message).encode() for message in messages_of(kind)]

    def work() -> None:
        """Carry each line from text to text."""
        for line in lines:
            encode([request.to_json() for request in transform(decode(line), DESTINATION, profile)])

    return work


def microseconds(work: Callable[[], None], rounds: int, repeats: int) -> float:
    """Return the median CPU time of one event, in microseconds."""
    taken = []
    for _ in range(repeats):
        started = time.process_time()
        for _ in range(rounds):
            work()
        taken.append(time.process_time() - started)
    return statistics.median(taken) / (rounds * len(MESSAGES)) * 1e6


@click.command()
@click.option("--events", default=30_000, show_default=True, help="Events per repetition.")
@click.option("--repeats", default=7, show_default=True, help="Repetitions, of which the median counts.")
def main(events: int, repeats: int) -> None:
    """Print a table of events per CPU-second and CPU microseconds per event.

    Example: python benchmarks/transform.py --events 3000 --repeats 3
    """
    table = Table("profile", "kind", "us", "per s", "original", "us", "per s", "original")
    for profile in PROFILES:
        for kind in ORIGINAL:
            row = []
            for make, original in ((transformed, ORIGINAL), (coded, ORIGINAL_WITH_CODEC)):
                cost = microseconds(make(kind, profile), max(1, events // len(MESSAGES)), repeats)
                row += [f"{cost:.1f}", f"{1e6 / cost:,.0f}", f"{original[kind]:,}"]
            table.add_row(profile, kind, *row)
    console = Console()
    console.print("transform() alone, then with JSON read and printed; one core")
    console.print(table)


if __name__ == "__main__":
    main()
