"""What happens to a message between the gateway and Custify: filters, times, transformation.

Source: data plane, "Processor"; the steps stand in RudderStack's order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from custify_transformer import Destination, TransformError, transform
from custify_transformer.service import resolve_config, set_source_timestamp
from mock_custify.dataplane.delivery.job import Job
from mock_custify.dataplane.enrichment import enriched, ids_of, ordering_key
from mock_custify.dataplane.filters import REPEATED, FilterResult, destination_verdict, type_verdict
from mock_custify.dataplane.times import with_times
from mock_custify.values import iso
from mock_custify.workspace.messages.deliveries import Delivery
from mock_custify.workspace.messages.refusal_hints import hint_of
from mock_custify.workspace.traffic.redaction import hideable, without_keys

if TYPE_CHECKING:
    from datetime import datetime

    from custify_transformer import HttpRequest
    from mock_custify.dataplane.gateway import Message
    from mock_custify.workspace import Workspace
    from mock_custify.workspace.messages.destination import DestinationSettings
    from mock_custify.workspace.store import OpenedWorkspace


@dataclass(frozen=True, slots=True)
class Arrival:
    """What all messages of one call have in common.

    `api_key` is what Custify is asked with, `header` the AnonymousId header, `size` the bytes of one message.
    """

    opened: OpenedWorkspace
    write_key: str
    api_key: str
    address: str
    header: str
    received: datetime
    size: int = 0


class Processor:
    """Processes the messages of one call with the settings that the workspace has now."""

    def __init__(self, arrival: Arrival, settings: DestinationSettings) -> None:
        self.arrival = arrival
        self.settings = settings
        self.config = {**self.settings.config, "apiKey": arrival.api_key}
        self.destination = Destination.from_config(self.config)
        self.is_dynamic = "{{" in repr(self.settings.config)
        self.moment = iso(arrival.received)
        self.secrets = hideable(arrival.write_key, arrival.api_key)

    def process(self, workspace: Workspace, event: Message) -> Job | None:
        """Record a message and return its job, None if it is not delivered."""
        ids = ids_of(event)
        message = enriched(event, ids, self.moment, self.arrival.address, self.arrival.write_key)
        shown = without_keys(without_key(event, self.arrival.write_key), self.secrets)
        delivery = Delivery(shown, self.moment, self.settings.profile, updated_at=self.moment)
        workspace.deliveries.add(delivery, self.arrival.size)
        return self.routed(workspace, message, ids, delivery)

    def routed(
        self, workspace: Workspace, message: Message, ids: tuple[str, str], delivery: Delivery
    ) -> Job | None:
        """Return the job of an enriched message, None if it is not delivered; its delivery says why."""
        verdict = self.repeated(workspace, message) or destination_verdict(message, self.settings.config)
        if verdict is None:
            message = with_times(message, self.arrival.received)
            delivery.processed = without_keys(message, self.secrets)
            verdict = type_verdict(message)
        if verdict is None:
            return self.transformed(message, ordering_key(ids, self.arrival.header), delivery)
        delivery.settle(verdict.status, verdict.code, verdict.reason, self.moment, verdict.hint)
        return None

    def repeated(self, workspace: Workspace, message: Message) -> FilterResult | None:
        """Return why a repeated message is dropped, if the workspace deduplicates."""
        if not self.settings.deduplicate:
            return None
        sources = message.get("context")
        sources = sources.get("sources") if isinstance(sources, dict) else None
        run = sources.get("job_run_id", "") if isinstance(sources, dict) else ""
        key = f"{message['messageId']}{run}"
        return REPEATED if workspace.seen.repeats(key, self.arrival.received) else None

    def transformed(self, message: Message, whose: str, delivery: Delivery) -> Job | None:
        """Return the job of a message, None when it is refused and nothing is to be sent."""
        try:
            timely, destination = self.resolved(set_source_timestamp(message))
            requests = transform(timely, destination, self.settings.profile)
        except TransformError as refusal:
            if refusal.requests:
                return self.job(whose, delivery, refusal.requests, refusal)
            hint = hint_of(refusal.text, message, self.settings.config)
            delivery.settle("refused", refusal.status, refusal.text, self.moment, hint)
            return None
        return self.job(whose, delivery, requests)

    def job(
        self,
        whose: str,
        delivery: Delivery,
        requests: tuple[HttpRequest, ...],
        refusal: TransformError | None = None,
    ) -> Job:
        """Return the job of a message with its requests."""
        opened, size = self.arrival.opened, self.arrival.size
        return Job(
            opened, (opened, whose), delivery, requests, refusal=refusal, size=size, secrets=self.secrets
        )

    def resolved(self, message: Message) -> tuple[Any, Destination]:
        """Return message and destination with the settings filled in that the message itself decides."""
        if not self.is_dynamic:
            return message, self.destination
        whole = resolve_config({"message": message, "destination": {"Config": self.config}})
        return whole["message"], Destination.from_json(whole["destination"])


def without_key(event: Any, write_key: str) -> Any:
    """Return a message as it may be shown: Segment's browser SDK puts the write key into each one."""
    if not isinstance(event, dict) or event.get("writeKey") != write_key:
        return event
    return {name: value for name, value in event.items() if name != "writeKey"}
