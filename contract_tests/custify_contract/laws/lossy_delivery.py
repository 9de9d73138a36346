"""A delivery that meets network faults and retries, as RudderStack does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from custify_contract.targets import TargetResponse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_contract.law import Trial
    from custify_transformer import HttpRequest

Fault: TypeAlias = Literal["", "429", "500", "dropped before", "dropped after", "slow"]
FAULTS: Final[tuple[Fault, ...]] = ("", "429", "500", "dropped before", "dropped after", "slow")
RETRIED: Final = frozenset({0, 408, 429})  # 0: no response, which RudderStack counts as 504
SERVER_ERROR: Final = 500


@dataclass(slots=True)
class LossyConnection:
    """A connection to Custify: each call meets the next fault of `plan`; calls after the last fault succeed.

    With "dropped after" and "slow" the write is applied, but the sender gets no response.
    """

    trial: Trial
    plan: Iterator[Fault]
    met: list[str] = field(default_factory=list)

    def send(self, request: HttpRequest) -> TargetResponse:
        """Send a request, and apply the next fault to it."""
        fault = next(self.plan, "")
        self.met.append(fault)
        if fault in {"429", "500"}:
            return TargetResponse(int(fault), None)
        if fault == "dropped before":
            return TargetResponse(0, None)
        response = self.trial.custify.send(request)
        return response if fault == "" else TargetResponse(0, None)

    def send_all(self, requests: tuple[HttpRequest, ...]) -> TargetResponse:
        """Send requests in order until one is not accepted; return the last response."""
        response = TargetResponse(200, None)
        for request in requests:
            response = self.send(request)
            if not response.ok:
                break
        return response


def is_retried(response: TargetResponse) -> bool:
    """Return whether RudderStack retries: after 408, 429, 5xx and no response. Source: router delivery."""
    return response.status in RETRIED or response.status >= SERVER_ERROR


def deliver_at_least_once(trial: Trial, plan: list[Fault]) -> list[str]:
    """Deliver the messages of a trial in order; retry each one until no call has to be retried.

    A retry transforms and sends the whole message, as RudderStack does: the company of a group is posted
    again, too. Returns the faults that were met.
    """
    connection = LossyConnection(trial, iter(plan))
    for message in trial.messages:
        while is_retried(connection.send_all(trial.transformer.transform(message, trial.case.settings))):
            pass
    return connection.met
