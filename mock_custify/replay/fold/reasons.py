"""Why a message is refused, in words that are the same for all messages with the same mistake."""

from __future__ import annotations

import re
from typing import Final

QUOTED: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
GOT: Final = re.compile(r", got .*$|, the record would have .*$", re.DOTALL)
PLACE: Final = re.compile(r" \((?:byte|character) \d+\)")
SIZE: Final = re.compile(r"\bhas \d+ bytes")
LIMIT: Final = re.compile(r"at most|a whole number from|must not contain|digits only|must not be empty")


def reason_of(text: str) -> str:
    """Return the refusal of Custify without the values of one message."""
    return SIZE.sub("has … bytes", PLACE.sub("", QUOTED.sub("…", GOT.sub("", text))))


def is_limit(text: str) -> bool:
    """Tell whether a refusal is about a value beyond the limits of the vendor."""
    return LIMIT.search(text) is not None
