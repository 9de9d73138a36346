"""Finds the messages in a value of an archive: bare, in an envelope, or many of them in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from mock_custify.replay.archive.warehouse import Warehouse
from mock_custify.values import find_date, iso

if TYPE_CHECKING:
    from collections.abc import Iterator

LENGTH: Final = len("2026-01-31T12:00:00.000Z")
DEEPEST: Final = 8  # envelopes in envelopes
BARE: Final = "messages"
ARCHIVE: Final = "RudderStack event archive"
DESTINATION: Final = "RudderStack object storage"
SEGMENT: Final = "Segment archive"
BATCH: Final = "batch of an SDK"
ENVELOPE: Final = "messages with a destination"


class Found(Struct, frozen=True):
    """A message in a value; the fields are those of a Row."""

    message: Any
    layout: str
    received: str = ""
    settings: Any = None
    rebuilt: bool = False


class Shapes:
    """Recognises what the values of one file are; `layout` is what its path says of bare messages.

    Rows of a warehouse depend on the row before, so each file has its own.
    """

    def __init__(self, layout: str, table: str, tables: frozenset[str] = frozenset()) -> None:
        self.layout = layout
        self.warehouse = Warehouse(table, tables)

    def messages_in(self, value: Any, depth: int = 0) -> Iterator[Found]:
        """Return each message that `value` holds."""
        if isinstance(value, list) and depth < DEEPEST:
            for one in value:
                yield from self.messages_in(one, depth + 1)
        elif not isinstance(value, dict):
            yield Found(value, self.layout)
        elif isinstance(value.get("type"), str) and not self.warehouse.table:
            yield self.bare(value)
        else:
            yield from self.enveloped(value, depth)

    def bare(self, message: dict[str, Any]) -> Found:
        """Return a message that is not in a batch."""
        return Found(message, self.layout, moment_of(message.get("receivedAt")))

    def enveloped(self, value: dict[str, Any], depth: int) -> Iterator[Found]:
        """Return the messages in an object that is no message itself."""
        batch, payload = value.get("batch"), value.get("payload")
        if isinstance(batch, list) and depth < DEEPEST:
            for one in batch:
                yield from (
                    Found(found.message, BATCH, found.received) for found in self.messages_in(one, depth + 1)
                )
        elif isinstance(payload, dict):
            yield from archived(value, payload)
        elif isinstance(value.get("type"), dict) and "projectId" in value:
            yield self.bare(value["type"])
        elif "message" in value:
            settings = {"destination": value["destination"]} if "destination" in value else None
            message = value["message"]
            received = moment_of(message.get("receivedAt")) if isinstance(message, dict) else ""
            yield Found(message, ENVELOPE, received, settings)
        elif self.warehouse.table or is_staged(value):
            for layout, message in self.warehouse.messages_of(value):
                yield Found(message, layout, moment_of(message.get("receivedAt")), rebuilt=True)
        else:
            yield self.bare(value)

    def rest(self) -> Iterator[Found]:
        """Return the message that was held back for the row after it, at the end of a file."""
        for layout, message in self.warehouse.rest():
            yield Found(message, layout, moment_of(message.get("receivedAt")), rebuilt=True)


def archived(value: dict[str, Any], payload: dict[str, Any]) -> Iterator[Found]:
    """Return the messages of a line of RudderStack's event archive; the line knows when it was received."""
    received = moment_of(value.get("createdAt")) or moment_of(payload.get("receivedAt"))
    batch = payload.get("batch")
    if isinstance(batch, list) and "type" not in payload:
        yield from (Found(message, ARCHIVE, received) for message in batch)
        return
    missing = {
        name: value[name] for name in ("messageId", "userId") if value.get(name) and name not in payload
    }
    yield Found({**payload, **missing} if missing else payload, ARCHIVE, received)


def is_staged(value: dict[str, Any]) -> bool:
    """Tell whether a value is a line of a warehouse's staging file."""
    metadata = value.get("metadata")
    return isinstance(metadata, dict) and "table" in metadata and isinstance(value.get("data"), dict)


def moment_of(value: Any) -> str:
    """Return a date as text that sorts by time, "" for what is no date."""
    if not isinstance(value, str):
        return ""
    if len(value) == LENGTH and value[-1] == "Z":
        return value
    moment = find_date(value)
    return iso(moment) if moment else ""
