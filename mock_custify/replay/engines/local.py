"""Folds shards on this machine: in this process, or in several."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from mock_custify.replay.engines.shard import Entries, Result, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.fold.plan import Plan


class InProcess:
    """Folds one shard after the other."""

    def fold_all(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard."""
        for shard in shards:
            yield fold(plan, shard)


class Processes:
    """Folds shards in `jobs` processes; at most one more than the number of workers is in memory."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def fold_all(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard."""
        with ProcessPoolExecutor(self.jobs, mp_context=get_context("spawn")) as pool:
            waiting: deque[object] = deque()
            for shard in shards:
                waiting.append(pool.submit(fold, plan, shard))
                if len(waiting) > self.jobs:
                    yield waiting.popleft().result()  # type: ignore[attr-defined] # a future
            while waiting:
                yield waiting.popleft().result()  # type: ignore[attr-defined] # a future
