"""Delivers jobs: in order for each person, again when that can help, others passing meanwhile.

Source: data plane, "router delivery". A workspace is locked before the dispatcher, never after it; neither
lock is held while HTTP is waited for.
"""

from __future__ import annotations

from collections import deque
from contextlib import nullcontext
from heapq import heappop, heappush
from itertools import count
from threading import Condition, RLock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from mock_custify.dataplane.delivery.targets import LocalTarget

if TYPE_CHECKING:
    from mock_custify.dataplane.delivery.job import Job, Key
    from mock_custify.dataplane.delivery.retry import RetryPolicy
    from mock_custify.dataplane.delivery.targets import DeliveryTarget
    from mock_custify.workspace import Workspace

WORKERS: Final = 8
HURRY: Final = 0.5  # seconds that a retry waits at most while the server stops

BEHIND: Final = "an earlier message of the same person is not done yet"


class Lane:
    """The jobs of one person in their order; the first one is tried, the others wait until it is done."""

    __slots__ = ("jobs", "key")

    def __init__(self, key: Key) -> None:
        self.key = key
        self.jobs: deque[Job] = deque()


class Dispatcher:
    """Takes jobs to `target`.

    A job for the fake in this process is tried at once, by whoever submits it: when `submit` returns, it is
    done or waits for its next attempt. A job for another Custify is left to threads.
    """

    def __init__(self, target: DeliveryTarget, policy: RetryPolicy) -> None:
        self.target, self.policy = target, policy
        self.inline = isinstance(target, LocalTarget)
        self.condition = Condition(RLock())
        self.lanes: dict[Key, Lane] = {}
        self.due: list[tuple[float, int, Lane]] = []
        self.order = count()
        self.threads: list[Thread] = []
        self.stopping = self.abandoned = False

    @property
    def waiting(self) -> int:
        """Return how many jobs are not done."""
        with self.condition:
            return sum(not job.cancelled for lane in self.lanes.values() for job in lane.jobs)

    def submit(self, workspace: Workspace, job: Job) -> None:
        """Deliver a job after the ones of the same person; the caller holds the lock of the workspace."""
        wait = 0.0
        if self.is_behind(job):
            job.delivery.reason = BEHIND
        elif self.inline:
            again = job.attempt(self.target, self.policy)
            if again is None:
                return
            wait = again
        workspace.pending.add(job)
        self.join(job, wait)

    def is_behind(self, job: Job) -> bool:
        """Tell whether an earlier job of the same person waits."""
        with self.condition:
            lane = self.lanes.get(job.key)
            return lane is not None and not lane.jobs[0].cancelled

    def join(self, job: Job, wait: float) -> None:
        """Put a job at the end of its lane; the first one of a lane is tried in `wait` seconds."""
        with self.condition:
            lane = self.lanes.get(job.key)
            if lane is None or lane.jobs[0].cancelled:
                lane = self.lanes[job.key] = Lane(job.key)
                self.schedule(lane, wait)
            lane.jobs.append(job)

    def schedule(self, lane: Lane, wait: float) -> None:
        """Have the first job of a lane tried in `wait` seconds."""
        moment = monotonic() + (min(wait, HURRY) if self.stopping else wait)
        heappush(self.due, (moment, next(self.order), lane))
        if not self.threads:
            workers = 1 if self.inline else WORKERS
            self.threads = [Thread(target=self.work, daemon=True) for _ in range(workers)]
            for thread in self.threads:
                thread.start()
        self.condition.notify()

    def work(self) -> None:
        """Run lanes as they fall due, until there are none and the server stops."""
        while (lane := self.next_lane()) is not None:
            self.run(lane)
        self.target.close()

    def next_lane(self) -> Lane | None:
        """Return the lane that is due, waiting for it; None when this thread is no longer needed."""
        with self.condition:
            while not self.abandoned and (self.lanes or not self.stopping):
                wait = self.due[0][0] - monotonic() if self.due else None
                if wait is not None and wait <= 0:
                    return heappop(self.due)[2]
                self.condition.wait(wait)
            return None

    def run(self, lane: Lane) -> None:
        """Try the jobs of a lane one after another, until one has to wait or none is left."""
        while not self.abandoned:
            job = lane.jobs[0]
            with job.opened if self.inline else nullcontext():
                wait = job.attempt(self.target, self.policy)
            with self.condition:
                if wait is not None:
                    self.schedule(lane, wait)
                    return
                if self.leave(lane):
                    return

    def leave(self, lane: Lane) -> bool:
        """Take the first job out of its lane and tell whether the lane is over."""
        lane.jobs.popleft()
        if lane.jobs:
            return False
        # A lane of cancelled jobs may have been replaced.
        if self.lanes.get(lane.key) is lane:
            del self.lanes[lane.key]
        self.condition.notify_all()
        return True

    def settle(self, timeout: float) -> bool:
        """Wait until nothing waits any more, for `timeout` seconds at most, and tell whether that is so."""
        with self.condition:
            return self.condition.wait_for(lambda: not self.waiting, timeout)

    def close(self, timeout: float) -> int:
        """Deliver what was accepted, hurrying, within `timeout` seconds; return how many jobs are left."""
        with self.condition:
            self.stopping = True
            now = monotonic()
            self.due = sorted((min(moment, now + HURRY), order, lane) for moment, order, lane in self.due)
            self.condition.notify_all()
        self.settle(timeout)
        with self.condition:
            self.abandoned = True
            self.condition.notify_all()
            return self.waiting
