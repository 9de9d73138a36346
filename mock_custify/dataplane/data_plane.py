"""The data plane of a server: takes calls of SDKs and sees to it that their messages arrive."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mock_custify.dataplane.delivery.dispatcher import Dispatcher
from mock_custify.dataplane.delivery.retry import RetryPolicy
from mock_custify.dataplane.delivery.targets import HttpTarget, LocalTarget
from mock_custify.dataplane.enrichment import address_of
from mock_custify.dataplane.gateway import GatewayError, checked, events_of, json_body, read_body
from mock_custify.dataplane.processor import Arrival, Processor, without_key
from mock_custify.errors import UnauthorizedError
from mock_custify.workspace.messages.deliveries import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.api import Call
    from mock_custify.app import MockCustifyApp
    from mock_custify.dataplane.gateway import Message
    from mock_custify.workspace import Store
    from mock_custify.workspace.messages.destination import DestinationSettings
    from mock_custify.workspace.store import OpenedWorkspace


@dataclass(frozen=True, slots=True)
class DataPlaneOptions:
    """How messages are delivered: to the workspaces here, or to the Custify at `deliver_to`, a URL.

    `largest_queue` bounds the messages that wait for another attempt, or for their first one over HTTP.
    """

    deliver_to: str = ""
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    largest_queue: int = 10_000


class DataPlane:
    """Everything between an SDK and Custify."""

    def __init__(self, app: MockCustifyApp, options: DataPlaneOptions) -> None:
        target = HttpTarget(options.deliver_to) if options.deliver_to else LocalTarget(app)
        self.dispatcher = Dispatcher(target, options.retry, options.largest_queue)

    def receive(self, call: Call, write_key: str, kind: str) -> None:
        """Take the messages in the body of a call; `kind` is the type of its only one, "" for a batch.

        Takes all or none. Raises GatewayError, which goes on record as well.
        """
        opened = opened_workspace(call.backend.store, write_key)
        with on_record(opened, write_key):
            refuse_disabled(opened)
            body = read_body(call)
            self.accept(call, opened, write_key, checked(events_of(json_body(body), kind), len(body)))

    def receive_message(self, call: Call, write_key: str, message: Message) -> None:
        """Take one message that did not come in a body. Raises GatewayError, as `receive` does."""
        opened = opened_workspace(call.backend.store, write_key)
        with on_record(opened, write_key):
            refuse_disabled(opened)
            self.accept(call, opened, write_key, checked([message], 0))

    def accept(self, call: Call, opened: OpenedWorkspace, write_key: str, events: list[Message]) -> None:
        """Process checked messages in their order and hand on what is to be delivered.

        The lock keeps calls that arrive at once from mixing their messages.
        """
        with self.dispatcher.condition:
            if self.dispatcher.is_full:
                raise GatewayError(503, "Service Unavailable")
            with opened as workspace:
                settings, now = workspace.destination, workspace.clock.now()
            api_key = self.api_key(settings, write_key)
            arrival = Arrival(opened, write_key, api_key, address_of(call), call.header("AnonymousId"), now)
            processor = Processor(arrival, settings)
            for event in events:
                job = processor.process(event)
                if job is not None:
                    self.dispatcher.submit(job)

    def api_key(self, settings: DestinationSettings, write_key: str) -> str:
        """Return the key for Custify: the write key, or the destination's own one for another Custify."""
        own = settings.config.get("apiKey")
        return own if isinstance(own, str) and not self.dispatcher.inline else write_key

    def close(self, timeout: float) -> int:
        """Deliver what was accepted within `timeout` seconds; return how many messages are left behind."""
        return self.dispatcher.close(timeout)


def opened_workspace(store: Store, write_key: str) -> OpenedWorkspace:
    """Return the workspace of a write key; raise GatewayError for one that this server does not accept."""
    try:
        return store.open(write_key.strip())
    except UnauthorizedError as error:
        raise GatewayError(401, "invalid write key") from error


def refuse_disabled(opened: OpenedWorkspace) -> None:
    """Raise GatewayError when the workspace accepts no messages."""
    with opened as workspace:
        if not workspace.destination.enabled:
            raise GatewayError(404, "source is disabled")


@contextmanager
def on_record(opened: OpenedWorkspace, write_key: str) -> Iterator[None]:
    """Put a batch that is refused inside on record: no message of it was taken."""
    try:
        yield
    except GatewayError as refusal:
        event = refusal.event
        shown = without_key(event, write_key) if isinstance(event, dict) else event
        with opened as workspace:
            moment = workspace.clock.stamp()
            delivery = Delivery(shown, moment)
            delivery.settle("refused", refusal.status, f"the whole batch was refused: {refusal.text}", moment)
            workspace.deliveries.add(delivery)
        raise
