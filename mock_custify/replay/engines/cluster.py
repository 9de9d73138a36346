"""Folds shards on a Ray cluster; the messages travel with the task, so that no disk has to be shared."""

from __future__ import annotations

from collections import deque
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mock_custify.replay.engines.shard import Entries, Result, fold
from mock_custify.replay.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mock_custify.replay.fold.plan import Plan


class RayCluster:
    """Folds shards by Ray, on the cluster that RAY_ADDRESS names, else on this machine with `jobs` workers.

    A cluster that runs already is used and left running.
    """

    def __init__(self, jobs: int) -> None:
        try:
            self.ray: Any = import_module("ray")
        except ImportError as error:
            raise MissingExtraError("--engine ray needs ray", "ray") from error
        self.jobs = jobs

    def fold_all(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard."""
        ours = not self.ray.is_initialized()
        if ours:
            self.start()
        try:
            yield from self.fold_started(plan, shards)
        finally:
            if ours:
                self.ray.shutdown()

    def start(self) -> None:
        """Join the cluster of RAY_ADDRESS, or start one here."""
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
        try:
            self.ray.init(address="auto", **quiet)
        except ConnectionError:
            self.ray.init(num_cpus=self.jobs, include_dashboard=False, **quiet)

    def fold_started(self, plan: Plan, shards: Iterable[Entries]) -> Iterator[Result]:
        """Return the result of each shard, in their order."""
        task, shared = self.ray.remote(fold), self.ray.put(plan)
        waiting: deque[Any] = deque()
        most = max(self.jobs, int(self.ray.cluster_resources().get("CPU", 1))) + 1
        for shard in shards:
            waiting.append(task.remote(shared, shard.loaded()))
            if len(waiting) > most:
                yield self.ray.get(waiting.popleft())
        while waiting:
            yield self.ray.get(waiting.popleft())
