"""Rebuilds messages from the rows of warehouse tables, which hold less than the messages did.

A track is a row of `tracks`, which has no properties, and one of the table of its event, which has them; an
identify is a row of `identifies` and one of `users`. Each becomes one message, from the fuller row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from custify_transformer.documented import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_custify.replay.archive.row import Place

    Rebuilt = tuple[Place, str, dict[str, Any]]

STAGING: Final = "warehouse staging"
LOADED: Final = "warehouse table"
KINDS: Final = {
    "identifies": "identify",
    "users": "identify",
    "groups": "group",
    "tracks": "track",
    "pages": "page",
    "screens": "screen",
    "aliases": "alias",
    "_groups": "group",
}
OWN_TABLES: Final = frozenset({"rudder_discards", "rudder_identity_mappings", "rudder_identity_merge_rules"})
COLUMNS: Final = {
    "id": "messageId",
    "anonymous_id": "anonymousId",
    "original_timestamp": "originalTimestamp",
    "sent_at": "sentAt",
    "received_at": "receivedAt",
    "timestamp": "timestamp",
    "channel": "channel",
    "user_id": "userId",
}
DROPPED: Final = frozenset({"uuid_ts", "loaded_at", "rudder_id", "type", "event", "event_text", "group_id"})
CAPITAL: Final = re.compile("[A-Z]")
PLACES: Final = {"identify": "traits", "group": "traits"}


def snake(name: str) -> str:
    """Return a name as a column has it."""
    return CAPITAL.sub(lambda found: f"_{found[0].lower()}", name)


# What the columns of mapped fields were called before: first_name was firstName.
NAMES: Final = {
    snake(name): name
    for table in (tables.PERSON, tables.COMPANY, tables.NAME_PARTS)
    for paths in table.values()
    for path in paths
    if (name := path.rpartition(".")[2]) and snake(name) != name
}


class Warehouse:
    """Rebuilds the messages of one file; `table` is that of the path, "" where each line names its own.

    `tables` are all tables that the archive has in its paths.
    """

    def __init__(self, table: str, tables: frozenset[str] = frozenset()) -> None:
        self.table = table
        self.skipped = is_repeated(table, tables)
        self.waiting: Rebuilt | None = None
        self.last_identify: Any = None

    def messages_of(self, row: dict[str, Any], place: Place) -> Iterator[Rebuilt]:
        """Return the messages that a row and the one before it make, each with its place."""
        if self.table:
            if not self.skipped:
                yield place, LOADED, rebuilt(self.table, row)
            return
        table, columns = str(row["metadata"]["table"]).lower(), row["data"]
        if table in OWN_TABLES:
            return
        message = rebuilt(table, columns)
        if table == "users" and self.last_identify == message.get("userId"):
            return
        self.last_identify = message.get("userId") if table == "identifies" else None
        waiting, self.waiting = self.waiting, None
        if waiting and (table in KINDS or waiting[2].get("messageId", "") != message.get("messageId")):
            yield waiting
        if table == "tracks":
            self.waiting = (place, STAGING, message)
        else:
            yield place, STAGING, message

    def rest(self) -> Iterator[Rebuilt]:
        """Return the message of a row of `tracks` that no other row followed."""
        if self.waiting:
            yield self.waiting
            self.waiting = None


def is_repeated(table: str, tables: frozenset[str]) -> bool:
    """Tell whether another table of the archive has the same messages with more of their content."""
    if table == "users":
        return "identifies" in tables
    return table in OWN_TABLES or (table == "tracks" and bool(tables - KINDS.keys() - OWN_TABLES))


def rebuilt(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message of a row, as far as its columns hold it."""
    columns = {name.lower(): value for name, value in row.items() if value is not None}
    kind = KINDS.get(table, "track")
    message: dict[str, Any] = {"type": kind}
    if table == "users":
        columns["user_id"] = columns.pop("id", None)
    message |= {name: columns.pop(column) for column, name in COLUMNS.items() if column in columns}
    if kind == "track":
        message["event"] = columns.get("event_text") or columns.get("event") or table
    if kind == "group" and "group_id" in columns:
        message["groupId"] = columns["group_id"]
    rest = {name: value for name, value in columns.items() if name not in DROPPED}
    context = {name: rest.pop(name) for name in list(rest) if name.startswith("context_")}
    message[PLACES.get(kind, "properties")] = with_names(rest, kind)
    return {**message, "context": {"traits": with_names(traits_of(context), kind)}}


def traits_of(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the traits among the columns of the context."""
    prefix = "context_traits_"
    return {name.removeprefix(prefix): value for name, value in context.items() if name.startswith(prefix)}


def with_names(values: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return values by the names that the mapped ones had in the message."""
    if kind == "track":
        return values
    return {NAMES.get(name, name): value for name, value in values.items()}
