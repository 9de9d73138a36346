"""One message on its way to Custify: its requests, its attempts, and what became of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from mock_custify.dataplane.delivery.named_records import find_named_records
from mock_custify.dataplane.delivery.retry import NO_ANSWER, SUCCESS, passes
from mock_custify.dataplane.delivery.targets import LocalTarget
from mock_custify.dataplane.hints import delivery_hint
from mock_custify.values import iso, shifted
from mock_custify.workspace.messages.deliveries import Delivery, Sent
from mock_custify.workspace.messages.refusal_hints import hint_of
from mock_custify.workspace.traffic.journal import LARGEST_BODY
from mock_custify.workspace.traffic.redaction import HIDDEN, answer_without_key, without_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from custify_transformer import HttpRequest, TransformError
    from mock_custify.dataplane.delivery.named_records import NamedRecords
    from mock_custify.dataplane.delivery.retry import RetryPolicy
    from mock_custify.dataplane.delivery.targets import DeliveryResponse, DeliveryTarget
    from mock_custify.workspace import Workspace
    from mock_custify.workspace.store import OpenedWorkspace

    Key = tuple[OpenedWorkspace, str]

LOG: Final = logging.getLogger("mock_custify")
KEPT: Final = 100  # attempts of one message that are kept
BROKEN: Final = "the mock failed to deliver the message: its log says why, please report it"
CANCELLED: Final = "the records of the workspace were replaced before the message was delivered"


@dataclass(slots=True, eq=False)
class Job:
    """A transformed message of the workspace `opened`; `key` says whose message it is.

    `refusal` is the refusal of a message after some of its requests were made: a group without a person, in
    the profile `production`, has its company sent first. `started` is when it was first tried, 0 before.
    `size` is what the message takes, in bytes; `secrets` are the keys that are hidden in what is stored.
    """

    opened: OpenedWorkspace
    key: Key
    delivery: Delivery
    requests: tuple[HttpRequest, ...]
    refusal: TransformError | None = None
    started: float = 0
    size: int = 0
    secrets: tuple[str, ...] = ()
    cancelled: bool = False

    def cancel(self, moment: str) -> None:
        """Send nothing of the message any more, as of `moment`."""
        self.cancelled, self.requests = True, ()
        self.delivery.settle("aborted", 0, CANCELLED, moment)

    def attempt(self, target: DeliveryTarget, policy: RetryPolicy) -> float | None:
        """Send every request, from the first, and return the seconds until the next attempt, None when done.

        Production too repeats a group's company with each attempt. Source: data plane, "Transformer calls".
        Never raises: a job that breaks is aborted, so that the ones after it are delivered.
        """
        if self.opened.closed:
            return None
        self.started = self.started or monotonic()
        try:
            wait = self.send(target, policy)
        except Exception:
            LOG.exception("the delivery of message %s failed", self.delivery.number)
            wait = None
            with self.opened as workspace:
                self.delivery.settle("aborted", 500, BROKEN, workspace.clock.stamp())
        if wait is None:
            with self.opened as workspace:
                workspace.pending.discard(self)
        return wait

    def send(self, target: DeliveryTarget, policy: RetryPolicy) -> float | None:
        """Send the requests until one fails, and keep the answers."""
        with self.opened as workspace:
            if self.cancelled:
                return None
            self.delivery.attempts += 1
            self.delivery.before = self.delivery.before or self.look(workspace)
        for request in self.requests:
            with self.opened as workspace:
                calls = workspace.journal.count
            reply = target.send(request)
            with self.opened as workspace:
                if self.cancelled:
                    return None
                # A delivery inside this process holds the lock, so that no other call is counted meanwhile.
                is_journaled = isinstance(target, LocalTarget) and workspace.journal.count > calls
                self.note(workspace, request, reply, workspace.journal.count if is_journaled else 0)
                if reply.status not in SUCCESS:
                    self.delivery.after = self.look(workspace)
                    return self.fail(workspace, reply, policy)
        with self.opened as workspace:
            self.delivery.after = self.look(workspace)
            self.finish(workspace)
        return None

    def note(self, workspace: Workspace, request: HttpRequest, reply: DeliveryResponse, call: int) -> None:
        """Store a request and its reply, without the API key and with a bounded part of the reply."""
        sent = Sent(
            attempt=self.delivery.attempts,
            method=request.method,
            endpoint=without_keys(request.endpoint, self.secrets),
            headers={**request.headers, "Authorization": HIDDEN},
            params=without_keys(request.params, self.secrets),
            body=without_keys(request.body, self.secrets),
            status=0 if reply.error else reply.status,
            answer=shown_answer(reply.body, self.secrets),
            error=without_keys(reply.error, self.secrets),
            call=call,
        )
        self.delivery.sent.append(sent)
        del self.delivery.sent[:-KEPT]
        workspace.deliveries.grow(self.delivery, len(sent.answer))

    def look(self, workspace: Workspace) -> NamedRecords:
        """Return references to the records that the requests name."""
        return find_named_records(workspace.records, [request.body for request in self.requests])

    def finish(self, workspace: Workspace) -> None:
        """Record that everything was sent, and why the message is refused after that, if it is."""
        now = workspace.clock.stamp()
        if self.refusal is None:
            self.delivery.settle("delivered", 200, "", now)
        else:
            hint = hint_of(self.refusal.text, self.delivery.message, workspace.destination.config)
            self.delivery.settle("refused", self.refusal.status, self.refusal.text, now, hint)

    def fail(self, workspace: Workspace, reply: DeliveryResponse, policy: RetryPolicy) -> float | None:
        """Store a failed attempt and return the seconds until the next one, None for the end."""
        told, now = without_keys(reason_of(reply), self.secrets), workspace.clock.now()
        hint = delivery_hint(workspace, reply.status, urlsplit(self.delivery.sent[-1].endpoint).path)
        if not passes(reply.status):
            self.delivery.settle("aborted", reply.status, told, iso(now), hint)
            return None
        if policy.gives_up(reply.status, self.delivery.attempts, monotonic() - self.started):
            self.delivery.settle("aborted", reply.status, f"retry limit reached: {told}", iso(now), hint)
            return None
        wait = policy.wait(self.delivery.attempts)
        self.delivery.settle("retrying", reply.status, told, iso(now), hint)
        self.delivery.next_attempt_at = iso(shifted(now, timedelta(seconds=wait)))
        return wait


def shown_answer(body: bytes, secrets: Iterable[str]) -> bytes:
    """Return a bounded part of an answer, without the keys."""
    for key in secrets:
        body = answer_without_key(body, key)
    return body[:LARGEST_BODY]


def reason_of(reply: DeliveryResponse) -> str:
    """Return why an attempt failed, in Custify's words where it gave some."""
    if reply.error:
        return f"no answer: {reply.error}" if reply.status == NO_ANSWER else reply.error
    told = error_text(reply.body)
    return f"Custify answered {reply.status}" + (f": {told}" if told else "")


def error_text(body: bytes) -> str:
    """Return what an answer says is wrong: its `error`, else its beginning."""
    try:
        answer: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        answer = None
    if isinstance(answer, dict) and isinstance(answer.get("error"), str):
        return str(answer["error"])
    return body[:200].decode("utf-8", "replace")
