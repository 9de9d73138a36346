"""The state after a replay: entries wait on the disk until all are there, then they are written in order."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from mock_custify.resources.associations.rules import memberships
from mock_custify.resources.registry import SECTIONS
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mock_custify.replay.fold.records import Kept
    from mock_custify.workspace.records import Records

FOLDED = ("people", "companies", "memberships", "events")


class KeptState:
    """The entries of the state that the messages have written."""

    def __init__(self) -> None:
        self.database = sqlite3.connect("")
        self.database.executescript(
            "PRAGMA cache_size=-8000; PRAGMA temp_store=FILE;"
            "CREATE TABLE kept (section TEXT, id TEXT, entry BLOB, PRIMARY KEY (section, id)) WITHOUT ROWID"
        )

    def add(self, record: Kept) -> None:
        """Take an entry; `memberships` are those of one person."""
        self.database.execute("INSERT INTO kept VALUES (?, ?, ?)", record)

    def entry(self, section: str, record_id: str) -> bytes | None:
        """Return the entry of an internal id, or None."""
        found = self.database.execute(
            "SELECT entry FROM kept WHERE section = ? AND id = ?", (section, record_id)
        ).fetchone()
        return found[0] if found else None

    def new(self, section: str, known: Records) -> Iterator[bytes]:
        """Return the entries of records that the state before lacks, in the order of their creation."""
        held = known_ids(section, known)
        rows = self.database.execute("SELECT id, entry FROM kept WHERE section = ? ORDER BY id", (section,))
        return (entry for record_id, entry in rows if record_id not in held)

    def clear(self) -> None:
        """Forget all entries."""
        self.database.execute("DELETE FROM kept")

    def close(self) -> None:
        """Let go of the entries."""
        self.database.close()

    def write(self, file: BinaryIO, before: Records, types: Mapping[str, Mapping[str, str]]) -> None:
        """Write the whole state as GET /_mock/state shows it; `types` are those of the custom fields."""
        aside = Workspace()
        aside.records = before
        file.write(b"{")
        for section in SECTIONS:
            file.write(msgspec.json.encode(section.name) + b":[")
            entries = (
                self.entries(section.name, aside)
                if section.name in FOLDED
                else map(msgspec.json.encode, section.show(aside))
            )
            file.writelines(b",\n" + entry if index else entry for index, entry in enumerate(entries))
            file.write(b"],\n")
        file.write(b'"custom_fields":' + msgspec.json.encode(types) + b"}\n")

    def entries(self, name: str, aside: Workspace) -> Iterator[bytes]:
        """Return the entries of a section: those of the state before, as they are now, then the new ones."""
        if name == "memberships":
            yield from self.memberships(aside)
            return
        section = next(one for one in SECTIONS if one.name == name)
        for record in section.show(aside):
            yield self.entry(name, record.id) or msgspec.json.encode(record)
        yield from self.new(name, aside.records)

    def memberships(self, aside: Workspace) -> Iterator[bytes]:
        """Return the memberships, those of the oldest person first."""
        people = next(one for one in SECTIONS if one.name == "people")
        known = {(one["user_id"], one["email"]): [] for one in memberships(aside)}  # type: ignore[var-annotated] # filled below
        for one in memberships(aside):
            known[one["user_id"], one["email"]].append(one)
        for person in aside.records[people]:
            changed = self.entry("memberships", person.id)
            yield from (
                parts(changed)
                if changed
                else map(msgspec.json.encode, known.pop((person.user_id, person.email), ()))
            )
        for entry in self.new("memberships", aside.records):
            yield from parts(entry)


def known_ids(section: str, known: Records) -> frozenset[str]:
    """Return the internal ids of the records of the state before."""
    name = "people" if section == "memberships" else section
    return frozenset(record.id for one in SECTIONS if one.name == name for record in known[one])


def parts(entry: bytes) -> list[msgspec.Raw]:
    """Return the entries of a list of them."""
    return msgspec.json.decode(entry, type=list[msgspec.Raw])
