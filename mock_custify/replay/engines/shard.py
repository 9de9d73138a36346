"""A shard is a part of the messages that changes nothing outside itself; folding it needs nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from mock_custify.replay.fold.folder import Folder
from mock_custify.replay.fold.records import kept_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mock_custify.replay.fold.entry import Entry
    from mock_custify.replay.fold.patterns import Patterns
    from mock_custify.replay.fold.plan import Plan
    from mock_custify.replay.fold.records import Kept
    from mock_custify.replay.fold.tally import Tally


class Entries(Protocol):
    """The messages of a shard, in the order of the archive."""

    def __iter__(self) -> Iterator[Entry]:
        """Return the messages."""
        ...

    def loaded(self) -> Iterable[Entry]:
        """Return the messages so that another machine can read them."""
        ...


class TooManyRecordsError(Exception):
    """There are more records than are kept in memory."""


@dataclass(slots=True)
class Result:
    """What a shard came to: its tally, and the entries of the state, when they are wanted."""

    tally: Tally
    kept: list[Kept] = field(default_factory=list)


class Engine(Protocol):
    """Folds shards, wherever it likes and in any order: the results are put together in the same way."""

    def fold_all(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard; shards are taken as workers become free."""
        ...


def fold(plan: Plan, entries: Iterable[Entry], patterns: Patterns | None = None) -> Result:
    """Return the result of one shard; `patterns` are those that the shards before have found."""
    result: list[Kept] = []
    tally = fold_into(plan, entries, result.append, patterns=patterns)
    return Result(tally, result)


def fold_into(
    plan: Plan,
    entries: Iterable[Entry],
    keep: Callable[[Kept], Any],
    most: float = math.inf,
    patterns: Patterns | None = None,
) -> Tally:
    """Fold one shard, hand the entries of its state to `keep`, and return its tally.

    Raises TooManyRecordsError once there are more than `most` new records.
    """
    folder = Folder(plan, emitter(plan, keep), patterns)
    latest = plan.now
    most += folder.size()
    for entry in entries:
        folder.take(entry)
        latest = max(latest, entry.moment)
        if folder.size() > most:
            raise TooManyRecordsError
    folder.finish()
    if plan.keeps_state:
        for record in kept_records(folder.custify, latest):
            keep(record)
    return folder.tally


def emitter(plan: Plan, keep: Callable[[Kept], Any]) -> Callable[[str, Any], None]:
    """Return what gets the events that are stored: they are kept only when the state is wanted."""
    if not plan.keeps_state:
        return lambda _key, _event: None
    return lambda key, event: keep(("events", key, msgspec.json.encode(event)))
