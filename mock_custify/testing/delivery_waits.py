"""The deliveries of a workspace as a test reads them, and the wait for those that are not done."""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

import msgspec

from mock_custify.control.deliveries import DeliveriesAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.control.delivery_query import ShownDelivery

    Control = Callable[[str, str], bytes]

__tracebackhide__ = True

PAUSE: Final = 0.02
MOST_TOLD: Final = 3  # messages that are named for one status
WAITING: Final = ("retrying", "waiting")


def read_deliveries(control: Control, query: str) -> list[ShownDelivery]:
    """Return the deliveries that a query asks for."""
    answer = control("GET", f"/_mock/deliveries?{query}")
    return msgspec.json.decode(answer, type=DeliveriesAnswer).deliveries


def wait_for_deliveries(control: Control, timeout: float) -> None:
    """Wait until no message waits for its delivery; raise AssertionError after `timeout` seconds."""
    end = monotonic() + timeout
    while waiting := unsettled(control):
        if monotonic() > end:
            told = "; ".join(f"message {one.number} is {one.status} ({one.reason})" for one in waiting)
            raise AssertionError(f"not delivered within {timeout} seconds: {told}")
        sleep(PAUSE)


def unsettled(control: Control) -> list[ShownDelivery]:
    """Return the first messages that wait for their delivery."""
    queries = (f"status={status}&limit={MOST_TOLD}" for status in WAITING)
    return [one for query in queries for one in read_deliveries(control, query)]
