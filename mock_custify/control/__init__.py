"""The control API under /_mock: what tests and the dashboard use to look into a workspace and to steer it."""

from typing import Final

from mock_custify.control.clock import control_clock
from mock_custify.control.deliveries import control_deliveries
from mock_custify.control.destination import control_destination
from mock_custify.control.documentation import documentation
from mock_custify.control.faults import control_faults
from mock_custify.control.requests import control_requests
from mock_custify.control.snapshots import control_snapshots
from mock_custify.control.state import control_state

CONTROL: Final = (
    control_state,
    control_snapshots,
    control_requests,
    control_faults,
    control_clock,
    control_destination,
    control_deliveries,
    documentation,
)

__all__ = ["CONTROL"]
