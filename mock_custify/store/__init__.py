"""What the fake remembers, and every rule of how it behaves."""

from mock_custify.store.records import Records
from mock_custify.store.store import Store
from mock_custify.store.workspace import Workspace

__all__ = ["Records", "Store", "Workspace"]
