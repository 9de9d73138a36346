"""A way to Custify that fails as networks do, and a delivery that tries again as RudderStack does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from custify_contract.targets import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_contract.law import Trial
    from custify_transformer import HttpRequest

Fault: TypeAlias = Literal["", "429", "500", "dropped before", "dropped after", "slow"]
FAULTS: Final[tuple[Fault, ...]] = ("", "429", "500", "dropped before", "dropped after", "slow")
AGAIN: Final = frozenset({0, 408, 429})  # 0: no answer, which RudderStack counts as 504
SERVER_ERROR: Final = 500


@dataclass(slots=True)
class FaultyWay:
    """Lets each call meet the next fault of `plan`; when the plan is used up every call goes through.

    "dropped after" and "slow" apply the write and lose the answer: the sender's timeout is over first.
    """

    trial: Trial
    plan: Iterator[Fault]
    met: list[str] = field(default_factory=list)

    def send(self, request: HttpRequest) -> Reply:
        """Deliver a request, or fail."""
        fault = next(self.plan, "")
        self.met.append(fault)
        if fault in {"429", "500"}:
            return Reply(int(fault), None)
        if fault == "dropped before":
            return Reply(0, None)
        reply = self.trial.custify.send(request)
        return reply if fault == "" else Reply(0, None)


def is_passing(reply: Reply) -> bool:
    """Tell whether RudderStack tries again: 408, 429, every 5xx and no answer. Source: router delivery."""
    return reply.status in AGAIN or reply.status >= SERVER_ERROR


def deliver_at_least_once(trial: Trial, plan: list[Fault]) -> list[str]:
    """Deliver the messages of a trial in order, each whole message again until every call is answered.

    RudderStack transforms a group again for each retry, so its company is posted again too.
    Returns the faults that were met.
    """
    way = FaultyWay(trial, iter(plan))
    for message in trial.case.messages:
        requests = trial.transformer.transform(trial.custify.rename(message), trial.case.settings)
        while any(is_passing(reply) for reply in replies_until_failure(way, requests)):
            requests = trial.transformer.transform(trial.custify.rename(message), trial.case.settings)
    return way.met


def replies_until_failure(way: FaultyWay, requests: tuple[HttpRequest, ...]) -> list[Reply]:
    """Send requests in order until one is not taken; return the replies."""
    replies: list[Reply] = []
    for request in requests:
        replies.append(way.send(request))
        if not replies[-1].ok:
            break
    return replies
