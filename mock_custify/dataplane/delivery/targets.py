"""Where requests are delivered to, and the fake in the same process as such a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from custify_transformer.javascript import NotJsonError
from mock_custify.api.exchange import ConnectionDroppedError
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.dataplane.delivery.retry import NO_ANSWER

if TYPE_CHECKING:
    from custify_transformer import HttpRequest
    from mock_custify.app import MockCustifyApp


@dataclass(frozen=True, slots=True)
class DeliveryResponse:
    """What came back: `status`, the raw `body`, and `error` when there was no answer at all."""

    status: int
    body: bytes = b""
    error: str = ""


class DeliveryTarget(Protocol):
    """A place that answers requests."""

    def send(self, request: HttpRequest) -> DeliveryResponse:
        """Return the reply to `request`; never raise for what the other side does."""
        ...

    def close(self) -> None:
        """Free what the calling thread holds."""
        ...


class LocalTarget:
    """The fake itself, through the routes, the journal and the faults that every client meets."""

    def __init__(self, app: MockCustifyApp) -> None:
        self.app = app

    def send(self, request: HttpRequest) -> DeliveryResponse:
        """Return the reply of the fake."""
        try:
            answer = deliver(self.app, request)
        except ConnectionDroppedError as error:
            return DeliveryResponse(NO_ANSWER, error=str(error))
        except NotJsonError as error:
            return DeliveryResponse(400, error=str(error))
        return DeliveryResponse(answer.status, answer.body)

    def close(self) -> None:
        """Free nothing: there is no connection."""
