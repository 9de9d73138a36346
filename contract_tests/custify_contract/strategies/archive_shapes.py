"""Shapes of the messages in an archive: which keys occur together, with which kinds of values, how often.

No value is kept: a text becomes its format and its length, a number its kind. Keys that look like values (an
email, a long number) are not kept either.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from custify_contract.strategies import pools

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_contract.strategies.byte_choices import ByteChoices

TYPES: Final = ("identify", "track", "group")
MOST_SHAPES: Final = 5_000
DEEPEST: Final = 20
LENGTHS: Final = (1, 8, 32, 128, 255, 600)
KEY_LIKE_A_VALUE: Final = re.compile(r".*@.*|.*\d{5}.*|.{80,}")
FORMATS: Final = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "date": re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?"),
    "url": re.compile(r"https?://\S+"),
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "digits": re.compile(r"\d+"),
    "blank": re.compile(r"\s+"),
    "empty": re.compile(""),
}
VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "email": (*pools.EMAILS.values(), *pools.FRESH_EMAILS, "NEW@EXAMPLE.COM"),
    "date": (*pools.DATES, *pools.TIMES, "2026-01-31"),
    "url": ("https://a.example.com", "http://b.example.com/path?q=1"),
    "uuid": ("6f1c2f5e-0000-4000-8000-000000000001", "6F1C2F5E-0000-4000-8000-000000000002"),
    "digits": ("77", "42", "0", "007"),
    "blank": (" ", "\t"),
    "empty": ("",),
    "null": (None,),
    "boolean": (False, True),
    "integer": (0, 7, 12, -1),
    "decimal": (0.5, 12.25, -1.5),
}
WORDS: Final = ("a", "B", "ü", "日", " ")


@dataclass
class ArchiveShapes:
    """The shapes of an archive, the most frequent first, and those that cases were made of (`covered`)."""

    counts: Counter[str] = field(default_factory=Counter)
    covered: set[str] = field(default_factory=set)

    def learn(self, messages: Iterable[Any]) -> None:
        """Add the shapes of messages that Custify supports; later shapes are not kept beyond MOST_SHAPES."""
        for message in messages:
            if not isinstance(message, dict) or type_of(message) not in TYPES:
                continue
            shape = json.dumps({**shape_of(message), "type": type_of(message)}, sort_keys=True)
            if shape in self.counts or len(self.counts) < MOST_SHAPES:
                self.counts[shape] += 1

    def of_type(self, kind: str) -> list[str]:
        """Return the shapes of one type of message, the most frequent first."""
        return [shape for shape, _ in self.counts.most_common() if json.loads(shape)["type"] == kind]

    def message(self, shape: str, choices: ByteChoices) -> dict[str, Any]:
        """Return a message with a shape of the archive."""
        self.covered.add(shape)
        known = json.loads(shape)
        kind = known.pop("type")
        return {"type": kind, **value_of(known, choices)}

    def __str__(self) -> str:
        """Return how much of the archive was covered."""
        return (
            f"{len(self.covered)} of {len(self.counts)} shapes of {self.counts.total()} messages were covered"
        )


def type_of(message: dict[str, Any]) -> str:
    """Return the type of a message in lower case."""
    return str(message.get("type")).strip().lower()


def shape_of(value: Any, depth: int = 0) -> Any:
    """Return a value with the format of each text and the kind of each number in place of it."""
    if isinstance(value, dict):
        return (
            {key_of(key): shape_of(one, depth + 1) for key, one in value.items()} if depth < DEEPEST else {}
        )
    if isinstance(value, list):
        return [shape_of(one, depth + 1) for one in value[:3]] if depth < DEEPEST else []
    if isinstance(value, str):
        return format_of(value)
    return {bool: "boolean", int: "integer", float: "decimal"}.get(type(value), "null")


def key_of(key: str) -> str:
    """Return a key; one that looks like a value is not kept."""
    return "key" if KEY_LIKE_A_VALUE.fullmatch(key) else key


def format_of(text: str) -> str:
    """Return the format of a text, else its length, rounded up to one of LENGTHS."""
    found = next((name for name, pattern in FORMATS.items() if pattern.fullmatch(text)), None)
    return found or f"text {next((length for length in LENGTHS if len(text) <= length), LENGTHS[-1])}"


def value_of(shape: Any, choices: ByteChoices) -> Any:
    """Return a value of a shape."""
    if isinstance(shape, dict):
        return {key: value_of(one, choices) for key, one in shape.items()}
    if isinstance(shape, list):
        return [value_of(one, choices) for one in shape]
    if shape in VALUES:
        return choices.pick(VALUES[shape])
    length = int(shape.removeprefix("text "))
    return (choices.pick(WORDS[:4]) + choices.pick(WORDS) * length)[:length]
