"""One tenant of the fake: its records and everything that is set for it alone."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from mock_custify.limits import Limits
from mock_custify.workspace.initial_state import InitialState
from mock_custify.workspace.messages.deduplication import SeenMessages
from mock_custify.workspace.messages.deliveries import Deliveries
from mock_custify.workspace.messages.pending import PendingJobs
from mock_custify.workspace.traffic.faults import Faults
from mock_custify.workspace.traffic.journal import Journal
from mock_custify.workspace.traffic.rate_limit import RateLimit

if TYPE_CHECKING:
    from mock_custify.workspace.clock import Clock
    from mock_custify.workspace.messages.destination import DestinationSettings
    from mock_custify.workspace.records import Records
    from mock_custify.workspace.snapshots import Snapshot


class Workspace:
    """One tenant, chosen by API key; nothing in it is reachable with another key.

    `lock` is held for the whole of a call, so that each call happens at once or not at all. `initial_state`
    is what `reset` comes back to; `changes` counts the calls that may have changed the workspace,
    `arrived` the messages that came for it.
    """

    clock: Clock
    records: Records
    journal: Journal
    faults: Faults
    rate_limit: RateLimit | None
    snapshots: dict[str, Snapshot]
    destination: DestinationSettings
    deliveries: Deliveries
    fresh_at: int
    seen: SeenMessages

    def __init__(self, initial_state: InitialState | None = None, limits: Limits | None = None) -> None:
        self.lock = RLock()
        self.limits = limits or Limits()
        self.initial_state = initial_state or InitialState()
        self.changes = self.arrived = 0
        self.pending = PendingJobs(self.limits.queue, self.limits.queue_bytes)
        self.reset()

    def replace(self, records: Records) -> None:
        """Put other records in place of all; messages that wait were meant for the old ones."""
        self.records = records
        self.pending.cancel(self.clock.stamp())

    def reset(self) -> None:
        """Make the workspace what it was at first; everything set or kept since then is gone."""
        start = self.initial_state
        self.fresh_at = self.changes
        self.clock = start.clock.copy()
        self.replace(start.records.copy())
        self.journal = Journal(self.limits.journal)
        self.faults = Faults(start.faults, self.limits.fault_bytes)
        self.rate_limit = RateLimit(start.rate_limit) if start.rate_limit else None
        self.snapshots = {}
        self.destination = start.destination
        self.deliveries = Deliveries(self.limits.deliveries, self.limits.delivery_bytes)
        self.seen = SeenMessages()

    @property
    def is_fresh(self) -> bool:
        """Tell whether no call has changed the workspace since it was made or reset."""
        return self.changes == self.fresh_at
