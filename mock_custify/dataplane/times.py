"""Reads the times of a message and writes them as RudderStack's processor does.

Source: data plane, processor, "Timestamps (enhanceWithTimeFields)".
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

UNIX_DIGITS: Final = 10  # of a Unix time in seconds; three more are milliseconds, and so on
UNIX_TIME: Final = re.compile(r"(?P<whole>\d{10}(\d{3}){0,3})(\.\d{1,9})?", re.ASCII)
# As Go, Ruby and SQL print: 2024-01-01 00:00:00.5 +0000 UTC m=+0.1
NAMED_ZONE: Final = re.compile(
    r"(?P<time>\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,9})?)?)"
    r"( ?(?P<zone>[+-]\d\d:?\d\d))?( (UTC|GMT|[A-Z]{3,5}|[+-]\d\d))?( m=\S+)?",
    re.ASCII,
)
SLASHES: Final = re.compile(r"\d{4}/\d\d/\d\d", re.ASCII)
FIELDS: Final = ("originalTimestamp", "sentAt", "timestamp", "receivedAt")


def with_times(message: dict[str, Any], received: datetime) -> dict[str, Any]:
    """Return a copy of `message` with its four times rewritten; `received` is when the server got it.

    `timestamp` is kept when it can be read, else it is `received` less what passed on the client between
    originalTimestamp and sentAt, which are `received` themselves where they are missing or unreadable.
    """
    original = moment(message.get("originalTimestamp")) or received
    sent = moment(message.get("sentAt")) or received
    happened = moment(message.get("timestamp")) or corrected(received, original, sent)
    arrived = written(received)
    shown = [arrived if when is received else written(when) for when in (original, sent, happened)]
    return {**message, **dict(zip(FIELDS, (*shown, arrived), strict=True))}


def corrected(received: datetime, original: datetime, sent: datetime) -> datetime:
    """Return when a message happened by the server's clock."""
    try:
        return received - (sent - original)
    except OverflowError:
        return received


def moment(value: Any) -> datetime | None:
    """Return the moment that a text spells, UTC when it names no zone; None when it spells none."""
    if not isinstance(value, str) or not (text := value.strip()):
        return None
    found: datetime | None
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        found = unusual(text)
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def unusual(text: str) -> datetime | None:
    """Return the moment of a Unix time, or of a date as Go, Ruby, SQL or mail write it, or None."""
    try:
        if unix := UNIX_TIME.fullmatch(text):
            return datetime.fromtimestamp(float(text) / 10 ** (len(unix["whole"]) - UNIX_DIGITS), UTC)
        if named := NAMED_ZONE.fullmatch(text):
            return datetime.fromisoformat(named["time"].replace("/", "-") + (named["zone"] or ""))
        if SLASHES.fullmatch(text):
            return datetime.fromisoformat(text.replace("/", "-"))
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def written(when: datetime) -> str:
    """Return a moment with its milliseconds, Z for UTC, any other offset as it was."""
    text = when.isoformat(timespec="milliseconds")
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text
