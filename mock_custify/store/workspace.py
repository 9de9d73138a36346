"""One tenant of the fake: its records and everything that is set for it alone."""

from __future__ import annotations

from threading import RLock

from mock_custify.store.clock import Clock
from mock_custify.store.records import Records


class Workspace:
    """One tenant, chosen by API key; nothing in it is reachable with another key.

    `lock` is held for the whole of a call, so that each call happens at once or not at all.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self.clock = Clock()
        self.records = Records()
