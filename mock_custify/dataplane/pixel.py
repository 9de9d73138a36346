"""Messages in the address of an invisible image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.dataplane.gateway import Message

GIF: Final = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
DEEPEST: Final = 32  # members inside one another; the dots beyond are part of the last name
UNNAMED_PAGE: Final = {"name": "Unknown Page"}


def message_of(query: Mapping[str, str], kind: str) -> Message:
    """Return the message in a query; a dotted name such as `properties.plan` is a nested field.

    The type is `kind`, whatever the query says: as for any single message, the path decides it.
    """
    message: Message = {"channel": "web", "integrations": {"All": True}}
    for name, value in query.items():
        if name != "writeKey":
            put(message, name.split(".", DEEPEST), value)
    unnamed = UNNAMED_PAGE if kind == "page" else {}
    return {**unnamed, **message, "type": kind}


def put(holder: dict[str, Any], path: list[str], value: str) -> None:
    """Set the field at `path`; an empty value on the path is replaced."""
    for name in path[:-1]:
        if not isinstance(holder.get(name), dict):
            holder[name] = {}
        holder = holder[name]
    holder[path[-1]] = value
