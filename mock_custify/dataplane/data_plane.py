"""The data plane of a server: accepts calls of SDKs and delivers their messages."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mock_custify.dataplane.delivery.dispatcher import Dispatcher
from mock_custify.dataplane.delivery.http_target import HttpTarget
from mock_custify.dataplane.delivery.retry import RetryPolicy
from mock_custify.dataplane.delivery.targets import LocalTarget
from mock_custify.dataplane.enrichment import address_of
from mock_custify.dataplane.gateway import GatewayError, checked, events_of, json_body, read_body
from mock_custify.dataplane.processor import Arrival, Processor, without_key
from mock_custify.errors import UnauthorizedError
from mock_custify.workspace.messages.deliveries import Delivery
from mock_custify.workspace.messages.refusal_hints import hint_of
from mock_custify.workspace.traffic.redaction import hideable, without_keys

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
    """How messages are delivered: to the workspaces here, or to the Custify at `deliver_to`, a URL."""

    deliver_to: str = ""
    retry: RetryPolicy = field(default_factory=RetryPolicy)


class DataPlane:
    """Everything between an SDK and Custify."""

    def __init__(self, app: MockCustifyApp, options: DataPlaneOptions) -> None:
        target = HttpTarget(options.deliver_to) if options.deliver_to else LocalTarget(app)
        self.dispatcher = Dispatcher(target, options.retry)

    def receive(self, call: Call, write_key: str, kind: str) -> None:
        """Take the messages in the body of a call; `kind` is the type of its only one, "" for a batch.

        Takes all or none. Raises GatewayError, which is also stored.
        """
        opened = opened_workspace(call.backend.store, write_key)
        with on_record(call.backend.store, opened, write_key) as batch:
            refuse_disabled(opened)
            body = read_body(call)
            batch.size = len(body)
            batch.messages = events_of(json_body(body), kind)
            self.accept(call, opened, write_key, checked(batch.messages, len(body)), len(body))

    def receive_message(self, call: Call, write_key: str, message: Message) -> None:
        """Accept one message that was not in a body. Raises GatewayError, as `receive` does."""
        opened = opened_workspace(call.backend.store, write_key)
        with on_record(call.backend.store, opened, write_key) as batch:
            batch.messages = [message]
            refuse_disabled(opened)
            size = len(call.environ.get("QUERY_STRING", ""))
            self.accept(call, opened, write_key, checked([message], 0), size)

    def accept(
        self, call: Call, opened: OpenedWorkspace, write_key: str, messages: list[Message], size: int
    ) -> None:
        """Process checked messages of `size` bytes in their order and hand on what is to be delivered.

        The lock of the workspace keeps calls that arrive at once from mixing their messages.
        """
        with opened as workspace:
            if workspace.pending.is_full:
                raise GatewayError(503, "Service Unavailable")
            settings, now = workspace.destination, workspace.clock.now()
            api_key = self.api_key(settings, write_key)
            arrival = Arrival(
                opened=opened,
                write_key=write_key,
                api_key=api_key,
                address=address_of(call),
                header=call.header("AnonymousId"),
                received=now,
                size=share(size, messages),
            )
            processor = Processor(arrival, settings)
            for message in messages:
                job = processor.process(workspace, message)
                if job is not None:
                    self.dispatcher.submit(workspace, job)

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


@dataclass(slots=True)
class Batch:
    """The messages of a call, as far as they could be read, and the size of its body in bytes."""

    messages: list[Any] = field(default_factory=list)
    size: int = 0


@contextmanager
def on_record(store: Store, opened: OpenedWorkspace, write_key: str) -> Iterator[Batch]:
    """Count the messages of a batch, and store each if one of them is refused: then none was accepted."""
    batch = Batch()
    try:
        yield batch
    except GatewayError as refusal:
        with opened as workspace:
            moment, secrets = workspace.clock.stamp(), hideable(write_key)
            messages = batch.messages or [refusal.text_of_body]
            for index, message in enumerate(messages):
                delivery = Delivery(without_keys(without_key(message, write_key), secrets), moment)
                workspace.deliveries.add(delivery, share(batch.size, messages))
                reason, hint = reason_of(refusal, index, len(messages)), hint_of(refusal.reason, message, {})
                delivery.settle("refused", refusal.status, reason, moment, hint)
        raise
    finally:
        with opened as workspace:
            store.count_messages(workspace, max(len(batch.messages), 1))


def reason_of(refusal: GatewayError, index: int, messages: int) -> str:
    """Return why the message at `index`, one of so many `messages`, was refused with its batch."""
    if messages == 1 or refusal.index == index:
        return refusal.reason
    if refusal.index is None:
        return f"the whole batch of {messages} messages was refused: {refusal.reason}"
    return f"refused with its batch, because of message {refusal.index + 1} of {messages}: {refusal.reason}"


def share(size: int, messages: list[Any]) -> int:
    """Return the part of a body of `size` bytes that falls to each of its messages."""
    return size // max(len(messages), 1)
