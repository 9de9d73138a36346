"""The messages of a workspace that wait to be delivered, or to be tried again."""

from __future__ import annotations

from typing import Protocol


class PendingJob(Protocol):
    """A message on its way; `size` is what it takes, in bytes."""

    size: int

    def cancel(self, moment: str) -> None:
        """Make sure that nothing of it is sent any more, as of `moment`."""
        ...


class PendingJobs:
    """The jobs of one workspace, which are bounded by number and by bytes and can be cancelled together."""

    def __init__(self, most: int, most_bytes: int) -> None:
        self.most, self.most_bytes = most, most_bytes
        self.jobs: set[PendingJob] = set()
        self.bytes = 0

    @property
    def is_full(self) -> bool:
        """Tell whether the workspace should accept nothing more for now."""
        return len(self.jobs) >= self.most or self.bytes >= self.most_bytes

    def add(self, job: PendingJob) -> None:
        """Count a job."""
        self.jobs.add(job)
        self.bytes += job.size

    def discard(self, job: PendingJob) -> None:
        """Count a job no longer, if it was counted."""
        if job in self.jobs:
            self.jobs.remove(job)
            self.bytes -= job.size

    def cancel(self, moment: str) -> None:
        """Cancel all jobs: the records that they were meant for are gone."""
        for job in self.jobs:
            job.cancel(moment)
        self.jobs, self.bytes = set(), 0
