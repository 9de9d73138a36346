"""Messages on the disk, split into shards that change nothing outside themselves.

Messages belong together when their requests name the same person, company or internal id, or share a
deduplication id, directly or through other messages; also when the state before ties what they name.
"""

from __future__ import annotations

import sqlite3
from array import array
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from heapq import heappop, heappush
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.replay.disk import read_value, write_value
from mock_custify.replay.fold.entry import Entry
from mock_custify.replay.numbering import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROWS: Final = 2000  # that are written together
NOBODY: Final = -1


class Ties:
    """Which keys belong together. A component is named by one of its numbers.

    Keys are kept as hashes: two that have the same one would only come into one shard.
    """

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.parents = array("q")

    def join(self, keys: Iterable[str]) -> int:
        """Tie the keys to each other and return the number of one of them, NOBODY for no key."""
        first = NOBODY
        for key in map(hash, keys):
            number = self.numbering.number(key)
            if number == len(self.parents):
                self.parents.append(number)
            first = number if first == NOBODY else self.unite(first, number)
        return first

    def unite(self, one: int, other: int) -> int:
        """Tie two components; the smaller number names both."""
        first, second = sorted((self.root(one), self.root(other)))
        self.parents[second] = first
        return first

    def root(self, number: int) -> int:
        """Return the number that names a component."""
        parents = self.parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number


@dataclass(frozen=True, slots=True)
class SpooledEntries:
    """The entries of a shard in the file of a spool: the position of each, in their order."""

    path: str
    offsets: array[int]

    def __iter__(self) -> Iterator[Entry]:
        """Return the entries, read one by one."""
        with Path(self.path).open("rb") as file:
            for offset in self.offsets:
                file.seek(offset)
                yield Entry(*read_value(file))

    def loaded(self) -> list[Entry]:
        """Return the entries so that another machine can read them."""
        return list(self)


class Spool:
    """Takes messages with what they name, and gives them back in shards; its files are in `folder`.

    `latest` is when the last message came in.
    """

    def __init__(self, folder: Path, ties: Ties) -> None:
        self.path = folder / "messages"
        self.file = self.path.open("wb", buffering=1024 * 1024)
        self.ties = ties
        self.database = sqlite3.connect(folder / "places")
        self.database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "PRAGMA cache_size=-2000; PRAGMA temp_store=FILE;"
            "CREATE TABLE places (node INTEGER, offset INTEGER);"
            "CREATE TABLE once (digest BLOB, node INTEGER);"
            "CREATE TABLE shards (node INTEGER PRIMARY KEY, shard INTEGER);"
        )
        self.places: list[tuple[int, int]] = []
        self.once: list[tuple[bytes, int]] = []
        self.latest = ""

    def add(self, entry: Entry, keys: Iterable[str], once: Iterable[str]) -> None:
        """Take a message; messages that share a deduplication id of `once` are tied at the end."""
        node = self.ties.join(keys)
        self.latest = max(self.latest, entry.moment)
        self.places.append((node, self.file.tell()))
        write_value(self.file, structs.astuple(entry))
        for one in once if node != NOBODY else ():
            digest = blake2b(one.encode("utf-8", "surrogatepass"), digest_size=16)
            self.once.append((digest.digest(), node))
        if len(self.places) >= ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the data in memory."""
        self.database.executemany("INSERT INTO places VALUES (?, ?)", self.places)
        self.database.executemany("INSERT INTO once VALUES (?, ?)", self.once)
        self.places.clear()
        self.once.clear()

    def shards(self, count: int) -> Iterator[SpooledEntries]:
        """Return the messages in at most `count` shards."""
        self.flush()
        self.file.close()
        self.ties.numbering = Numbering()  # the numbers are enough from here on
        self.tie_repeated()
        self.place_components(count)
        found = self.database.execute(
            "SELECT coalesce(shard, 0), offset FROM places LEFT JOIN shards USING (node) ORDER BY 1, 2"
        )
        for _, rows in groupby(found, key=itemgetter(0)):
            yield SpooledEntries(str(self.path), array("q", (offset for _, offset in rows)))

    def tie_repeated(self) -> None:
        """Tie the messages that have the same deduplication id."""
        pairs = self.database.execute(
            "SELECT o.digest, o.node FROM once o JOIN (SELECT digest FROM once GROUP BY digest"
            " HAVING min(node) <> max(node)) USING (digest) ORDER BY o.digest"
        )
        for _, rows in groupby(pairs, key=itemgetter(0)):
            nodes = [node for _, node in rows]
            for node in nodes[1:]:
                self.ties.unite(nodes[0], node)

    def place_components(self, count: int) -> None:
        """Give each component the shard with the fewest messages so far, the largest component first."""
        sizes: dict[int, int] = {}
        nodes = "SELECT node, count(*) FROM places WHERE node >= 0 GROUP BY node"
        for node, number in self.database.execute(nodes):
            root = self.ties.root(node)
            sizes[root] = sizes.get(root, 0) + number
        loads = [(0, shard) for shard in range(count)]
        chosen: dict[int, int] = {}
        for root in sorted(sizes, key=lambda one: (-sizes[one], one)):
            load, chosen[root] = heappop(loads)
            heappush(loads, (load + sizes[root], chosen[root]))
        found = self.database.execute(nodes)
        self.database.executemany(
            "INSERT INTO shards VALUES (?, ?)", ((node, chosen[self.ties.root(node)]) for node, _ in found)
        )

    def close(self) -> None:
        """Let go of the files."""
        self.file.close()
        with closing(self.database):
            pass
