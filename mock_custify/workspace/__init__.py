"""What the fake remembers, and every rule of how it behaves."""

from mock_custify.workspace.records import Records
from mock_custify.workspace.store import Store
from mock_custify.workspace.workspace import Workspace

__all__ = ["Records", "Store", "Workspace"]
