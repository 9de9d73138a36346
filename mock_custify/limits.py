"""The limits of one call, of one record, and of everything together."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one server; docs/limits.md says what happens above each.

    Of a call: `body` and `head` (request line and headers) in bytes, `depth` of the JSON in levels, `idle`
    in seconds without data from the client. Of a record: `attributes` is the number of its custom
    attributes, `attribute_text` the characters of one. Of a workspace: `journal` in calls, `deliveries` in
    messages and `delivery_bytes` in bytes of these, `queue` in messages that wait for an attempt and
    `queue_bytes` in bytes of these, `fault_bytes` of all fault rules, `snapshot_records` in all snapshots
    together, and `files` in bytes. `workspaces` is the number of keys that open one.
    """

    body: int = 5 * MEBIBYTE
    head: int = 64 * 1024
    depth: int = 64
    idle: int = 75
    attributes: int = 250
    attribute_text: int = 255
    journal: int = 1000
    deliveries: int = 2000
    delivery_bytes: int = 32 * MEBIBYTE
    queue: int = 10_000
    queue_bytes: int = 64 * MEBIBYTE
    fault_bytes: int = 16 * MEBIBYTE
    snapshot_records: int = 1_000_000
    files: int = 64 * MEBIBYTE
    workspaces: int = 10_000

    def changed(self, changes: Mapping[str, int]) -> Limits:
        """Return the limits with `changes`; raise ValueError for an unknown name or a number below 1."""
        known = {field.name for field in fields(self)}
        for name, number in changes.items():
            if name not in known:
                raise ValueError(f"there is no limit {name!r}: there are {', '.join(sorted(known))}")
            if number < 1:
                raise ValueError(f"the limit {name} must be at least 1")
        return replace(self, **changes)
