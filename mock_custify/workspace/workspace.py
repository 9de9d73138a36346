"""One tenant of the fake: its records and everything that is set for it alone."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from mock_custify.limits import Limits
from mock_custify.workspace.deduplication import SeenMessages
from mock_custify.workspace.deliveries import Deliveries
from mock_custify.workspace.faults import Faults
from mock_custify.workspace.initial_state import Beginning
from mock_custify.workspace.journal import Journal
from mock_custify.workspace.rate_limit import RateLimit

if TYPE_CHECKING:
    from mock_custify.workspace.clock import Clock
    from mock_custify.workspace.destination import DestinationSettings
    from mock_custify.workspace.records import Records
    from mock_custify.workspace.snapshots import Snapshot


class Workspace:
    """One tenant, chosen by API key; nothing in it is reachable with another key.

    `lock` is held for the whole of a call, so that each call happens at once or not at all. `beginning` is
    what it starts from and comes back to with `reset`; `changes` counts the calls that may have changed it.
    """

    clock: Clock
    records: Records
    journal: Journal
    faults: Faults
    rate_limit: RateLimit | None
    snapshots: dict[str, Snapshot]
    destination: DestinationSettings
    deliveries: Deliveries
    seen: SeenMessages

    def __init__(self, beginning: Beginning | None = None, limits: Limits | None = None) -> None:
        self.lock = RLock()
        self.limits = limits or Limits()
        self.beginning = beginning or Beginning()
        self.changes = 0
        self.reset()

    def reset(self) -> None:
        """Make the workspace what it was at first; everything set or kept since then is gone."""
        start = self.beginning
        self.clock = start.clock.copy()
        self.records = start.records.copy()
        self.journal = Journal(self.limits.journal)
        self.faults = Faults(start.faults)
        self.rate_limit = RateLimit(start.rate_limit, self.clock.now()) if start.rate_limit else None
        self.snapshots = {}
        self.destination = start.destination
        self.deliveries = Deliveries(self.limits.deliveries)
        self.seen = SeenMessages()
