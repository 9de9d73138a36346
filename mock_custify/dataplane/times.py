"""Reads the times of a message and writes them as RudderStack's processor does.

Source: data plane, processor, "Timestamps (enhanceWithTimeFields)".
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

SECONDS, MILLISECONDS = 10, 13  # how many digits a Unix time has
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
    if not isinstance(value, str) or not value:
        return None
    found: datetime | None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = unusual(value.strip())
    if found is None:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def unusual(text: str) -> datetime | None:
    """Return the moment of a Unix time in digits or of a date as mail writes it, or None."""
    try:
        if text.isdecimal() and len(text) in (SECONDS, MILLISECONDS):
            return datetime.fromtimestamp(int(text) / (1 if len(text) == SECONDS else 1000), UTC)
        return parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def written(when: datetime) -> str:
    """Return a moment with its milliseconds, Z for UTC, any other offset as it was."""
    text = when.isoformat(timespec="milliseconds")
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text
