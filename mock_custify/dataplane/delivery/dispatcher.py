"""Delivers jobs: in order for each person, again when that can help, others passing meanwhile.

Source: data plane, "router delivery". One lock guards everything; it is not held while HTTP is waited for.
"""

from __future__ import annotations

from collections import deque
from contextlib import AbstractContextManager, nullcontext
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

WORKERS: Final = 8
HURRY: Final = 0.5  # seconds that a retry waits at most once the server is told to stop

BEHIND: Final = "an earlier message of the same person is not done yet"


class Dispatcher:
    """Takes jobs to `target`; at most about `largest` may be waiting.

    A job for the fake in this process is tried at once, by whoever submits it: when `submit` returns, it is
    done or waits for its next attempt. A job for another Custify is left to threads. Either way a person's
    jobs form a lane: the first one goes, the others wait until it is done for good.
    """

    def __init__(self, target: DeliveryTarget, policy: RetryPolicy, largest: int) -> None:
        self.target, self.policy, self.largest = target, policy, largest
        self.inline = isinstance(target, LocalTarget)
        self.condition = Condition(RLock())
        self.sending: AbstractContextManager[object] = self.condition if self.inline else nullcontext()
        self.lanes: dict[Key, deque[Job]] = {}
        self.due: list[tuple[float, int, Key]] = []
        self.order = count()
        self.threads: list[Thread] = []
        self.waiting = 0
        self.stopping = self.abandoned = False

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more should be accepted for now."""
        return self.waiting >= self.largest

    def submit(self, job: Job) -> None:
        """Deliver a job after the ones of the same person."""
        with self.condition:
            if job.key in self.lanes:
                with job.opened:
                    job.delivery.reason = BEHIND
                self.join(job)
            elif not self.inline:
                self.join(job)
                self.schedule(job.key, 0)
            elif (wait := job.attempt(self.target, self.policy)) is not None:
                self.join(job)
                self.schedule(job.key, wait)

    def join(self, job: Job) -> None:
        """Put a job at the end of its lane."""
        self.lanes.setdefault(job.key, deque()).append(job)
        self.waiting += 1

    def schedule(self, key: Key, wait: float) -> None:
        """Have the first job of a lane tried in `wait` seconds."""
        heappush(
            self.due, (monotonic() + (min(wait, HURRY) if self.stopping else wait), next(self.order), key)
        )
        if not self.threads:
            self.threads = [
                Thread(target=self.work, daemon=True) for _ in range(1 if self.inline else WORKERS)
            ]
            for thread in self.threads:
                thread.start()
        self.condition.notify()

    def work(self) -> None:
        """Run lanes as they fall due, until there are none and the server stops."""
        while (key := self.next_key()) is not None:
            self.run(key)

    def next_key(self) -> Key | None:
        """Return the lane that is due, waiting for it; None when this thread is no longer needed."""
        with self.condition:
            while not self.abandoned and (self.lanes or not self.stopping):
                wait = self.due[0][0] - monotonic() if self.due else None
                if wait is not None and wait <= 0:
                    return heappop(self.due)[2]
                self.condition.wait(wait)
            return None

    def run(self, key: Key) -> None:
        """Try the jobs of a lane one after another, until one has to wait or none is left."""
        while not self.abandoned:
            with self.sending:
                wait = self.lanes[key][0].attempt(self.target, self.policy)
            with self.condition:
                if wait is not None:
                    self.schedule(key, wait)
                    return
                if self.leave(key):
                    return

    def leave(self, key: Key) -> bool:
        """Take the first job out of its lane and tell whether the lane is over."""
        self.lanes[key].popleft()
        self.waiting -= 1
        if self.lanes[key]:
            return False
        del self.lanes[key]
        self.condition.notify_all()
        return True

    def settle(self, timeout: float) -> bool:
        """Wait until nothing waits any more, for `timeout` seconds at most, and tell whether that is so."""
        with self.condition:
            return self.condition.wait_for(lambda: not self.lanes, timeout)

    def close(self, timeout: float) -> int:
        """Deliver what was accepted, hurrying, within `timeout` seconds; return how many jobs are left."""
        with self.condition:
            self.stopping = True
            now = monotonic()
            self.due = sorted((min(moment, now + HURRY), order, key) for moment, order, key in self.due)
            self.condition.notify_all()
        self.settle(timeout)
        with self.condition:
            self.abandoned = True
            self.condition.notify_all()
            return self.waiting
