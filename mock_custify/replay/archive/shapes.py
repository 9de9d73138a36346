"""Finds the messages in a value of an archive: bare, in an envelope, or many of them in one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from mock_custify.replay.archive.row import Row
from mock_custify.replay.archive.warehouse import Warehouse
from mock_custify.values import find_date, iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.archive.row import Place
    from mock_custify.replay.archive.warehouse import Rebuilt

WHOLE: Final = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z", re.ASCII
)
DEEPEST: Final = 8  # envelopes in envelopes
BARE: Final = "messages"
ARCHIVE: Final = "RudderStack event archive"
DESTINATION: Final = "RudderStack object storage"
SEGMENT: Final = "Segment archive"
BATCH: Final = "batch of an SDK"
ENVELOPE: Final = "messages with a destination"


class Shapes:
    """Recognises what the values of one file are; `layout` is what its path says of bare messages.

    Rows of a warehouse depend on the row before, so each file has its own.
    """

    def __init__(self, layout: str, table: str, tables: frozenset[str] = frozenset()) -> None:
        self.layout = layout
        self.warehouse = Warehouse(table, tables)

    def messages_in(self, value: Any, place: Place, depth: int = 0) -> Iterable[Row]:
        """Return each message that the value at `place` holds."""
        if isinstance(value, list) and depth < DEEPEST:
            return (row for one in value for row in self.messages_in(one, place, depth + 1))
        if not isinstance(value, dict):
            return (Row(place, self.layout, value),)
        if self.warehouse.table or is_staged(value):
            return map(rebuilt_row, self.warehouse.messages_of(value, place))
        if isinstance(value.get("type"), str):
            return (self.bare(value, place),)
        return self.enveloped(value, place, depth)

    def bare(self, message: dict[str, Any], place: Place) -> Row:
        """Return a message that is not in a batch."""
        return Row(place, self.layout, message, moment_of(message.get("receivedAt")))

    def enveloped(self, value: dict[str, Any], place: Place, depth: int) -> Iterator[Row]:
        """Return the messages in an object that is no message itself."""
        batch, payload = value.get("batch"), value.get("payload")
        if isinstance(batch, list) and depth < DEEPEST:
            rows = self.messages_in(batch, place, depth)
            yield from (structs.replace(row, layout=BATCH) for row in rows)
        elif isinstance(payload, dict):
            yield from archived(value, payload, place)
        elif isinstance(value.get("type"), dict) and ("projectId" in value or "type" in value["type"]):
            yield self.bare(value["type"], place)
        elif "message" in value:
            settings = {"destination": value["destination"]} if "destination" in value else None
            message = value["message"]
            received = moment_of(message.get("receivedAt")) if isinstance(message, dict) else ""
            yield Row(place, ENVELOPE, message, received, settings)
        else:
            yield self.bare(value, place)

    def rest(self) -> Iterator[Row]:
        """Return the message that was held back for the row after it, at the end of a file."""
        return map(rebuilt_row, self.warehouse.rest())


def rebuilt_row(found: Rebuilt) -> Row:
    """Return a message from a warehouse as a row of the archive."""
    place, layout, message = found
    return Row(place, layout, message, moment_of(message.get("receivedAt")), rebuilt=True)


def archived(value: dict[str, Any], payload: dict[str, Any], place: Place) -> Iterator[Row]:
    """Return the messages of a line of RudderStack's event archive; the line knows when it was received."""
    received = moment_of(value.get("createdAt")) or moment_of(payload.get("receivedAt"))
    batch = payload.get("batch")
    if isinstance(batch, list) and "type" not in payload:
        yield from (Row(place, ARCHIVE, message, received) for message in batch)
        return
    missing = {
        name: value[name] for name in ("messageId", "userId") if value.get(name) and name not in payload
    }
    yield Row(place, ARCHIVE, {**payload, **missing} if missing else payload, received)


def is_staged(value: dict[str, Any]) -> bool:
    """Tell whether a value is a line of a warehouse's staging file."""
    if "metadata" not in value or "type" in value:
        return False
    metadata = value["metadata"]
    return isinstance(metadata, dict) and "table" in metadata and isinstance(value.get("data"), dict)


def moment_of(value: Any) -> str:
    """Return a date as text that sorts by time, "" for what is no date."""
    if not isinstance(value, str):
        return ""
    if WHOLE.fullmatch(value):
        return value
    moment = find_date(value)
    try:
        return iso(moment) if moment else ""
    except OverflowError:  # a zone that leads out of the calendar
        return ""
