"""The control calls about deliveries: what became of each message that came in through the data plane."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.control.delivery_query import DeliveryQuery, ShownDelivery, selected
from mock_custify.workspace import Workspace

endpoints = Endpoints("Control")


class DeliveriesAnswer(Struct):
    """The selected deliveries, oldest first; of `total`, `forgotten` are no longer kept."""

    deliveries: list[ShownDelivery]
    total: int
    forgotten: int
    size: int


@endpoints.get("/_mock/deliveries", query=DeliveryQuery, answer=DeliveriesAnswer, statuses=(400,))
def get_deliveries(workspace: Workspace, query: DeliveryQuery) -> DeliveriesAnswer:
    """Read what became of each message: the newest ones, with the requests they made, without any key."""
    return deliveries_answer(workspace, selected(workspace.deliveries, query))


@endpoints.delete("/_mock/deliveries", answer=DeliveriesAnswer)
def delete_deliveries(workspace: Workspace) -> DeliveriesAnswer:
    """Forget every delivery, and which messages have come before."""
    gone = deliveries_answer(workspace, [])
    workspace.deliveries.clear()
    workspace.seen.clear()
    return gone


def deliveries_answer(workspace: Workspace, found: list[ShownDelivery]) -> DeliveriesAnswer:
    """Return deliveries with the counts of the workspace."""
    known = workspace.deliveries
    return DeliveriesAnswer(found, known.last, known.forgotten, known.size)
