"""The control calls about deliveries: what became of each message that came in through the data plane."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import control_call
from mock_custify.control.delivery_query import DeliveryQuery, ShownDelivery, selected
from mock_custify.workspace import Workspace

control_deliveries = Blueprint("control_deliveries", __name__)


class DeliveriesAnswer(Struct):
    """The selected deliveries, oldest first; `forgotten` of the `total` are no longer kept."""

    deliveries: list[ShownDelivery]
    total: int
    forgotten: int
    size: int


@control_deliveries.get("/_mock/deliveries")
@control_call(statuses=(400,))
def get_deliveries(workspace: Workspace, query: DeliveryQuery) -> DeliveriesAnswer:
    """Read the delivery status of the newest messages, with their requests; API keys are hidden."""
    return deliveries_answer(workspace, selected(workspace.deliveries, query))


@control_deliveries.delete("/_mock/deliveries")
@control_call()
def delete_deliveries(workspace: Workspace) -> DeliveriesAnswer:
    """Delete every delivery, and forget which messages have arrived."""
    gone = deliveries_answer(workspace, [])
    workspace.deliveries.clear()
    workspace.seen.clear()
    return gone


def deliveries_answer(workspace: Workspace, found: list[ShownDelivery]) -> DeliveriesAnswer:
    """Return deliveries with the counts of the workspace."""
    known = workspace.deliveries
    return DeliveriesAnswer(found, known.last, known.forgotten, known.most)
