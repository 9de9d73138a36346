"""Folds shards on this machine: in this process, or in several."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from mock_custify.replay.engines.shard import Entries, Result, fold
from mock_custify.replay.fold.patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.fold.plan import Plan

WORK: list[tuple[Plan, Patterns]] = []  # of this process, which was started to fold the shards of one plan


class InProcess:
    """Folds one shard after the other."""

    def fold_all(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard."""
        patterns = Patterns(plan.main)
        for shard in shards:
            yield fold(plan, shard, patterns)


class Processes:
    """Folds shards in `jobs` processes; at most one more than the number of workers is in memory."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def fold_all(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard."""
        with ProcessPoolExecutor(self.jobs, get_context("spawn"), begin, (plan,)) as pool:
            waiting: deque[object] = deque()
            for shard in shards:
                waiting.append(pool.submit(fold_here, shard))
                if len(waiting) > self.jobs:
                    yield waiting.popleft().result()  # type: ignore[attr-defined] # a future
            while waiting:
                yield waiting.popleft().result()  # type: ignore[attr-defined] # a future


def begin(plan: Plan) -> None:
    """Get this process ready to fold shards of a plan."""
    WORK.append((plan, Patterns(plan.main)))


def fold_here(shard: Entries) -> Result:
    """Return the result of a shard."""
    plan, patterns = WORK[0]
    return fold(plan, shard, patterns)
