"""The control calls about faults on purpose and about the rate limit."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.workspace import Workspace
from mock_custify.workspace.faults import Fault, FaultAnswer, Faults
from mock_custify.workspace.rate_limit import RateLimit, RateLimitPut

endpoints = Endpoints("Control")


class FaultsPut(Struct, forbid_unknown_fields=True):
    """All rules of a workspace, in the order they are tried."""

    faults: list[Fault]


class FaultList(Struct):
    """All rules of a workspace with what they have done."""

    faults: list[FaultAnswer]


class RateLimitAnswer(Struct):
    """The rate limit, and how many requests remain at this moment; null when there is none."""

    requests: int | None = None
    seconds: float | None = None
    remaining: int | None = None


@endpoints.get("/_mock/faults", answer=FaultList)
def get_faults(workspace: Workspace) -> FaultList:
    """List the fault rules with how often each has fired."""
    return FaultList([rule.answer() for rule in workspace.faults.rules])


@endpoints.put(
    "/_mock/faults",
    body=FaultsPut,
    answer=FaultList,
    statuses=(400,),
    example={"faults": [{"method": "POST", "path": "/people", "status": 503, "times": 2}]},
)
def put_faults(workspace: Workspace, body: FaultsPut) -> FaultList:
    """Replace all fault rules; a rule with a mistake changes nothing."""
    workspace.faults = Faults(tuple(body.faults))
    return get_faults(workspace)


@endpoints.post("/_mock/faults", body=Fault, answer=FaultList, statuses=(400,))
def add_fault(workspace: Workspace, body: Fault) -> FaultList:
    """Add one fault rule after the others."""
    workspace.faults.add(body)
    return get_faults(workspace)


@endpoints.delete("/_mock/faults", answer=FaultList)
def delete_faults(workspace: Workspace) -> FaultList:
    """Delete all fault rules and say what they have done."""
    gone = get_faults(workspace)
    workspace.faults = Faults()
    return gone


@endpoints.get("/_mock/rate-limit", answer=RateLimitAnswer)
def get_rate_limit(workspace: Workspace) -> RateLimitAnswer:
    """Read the rate limit."""
    limit = workspace.rate_limit
    if limit is None:
        return RateLimitAnswer()
    remaining = limit.remaining(workspace.clock.now())
    return RateLimitAnswer(limit.limit.requests, limit.limit.seconds, remaining)


@endpoints.put(
    "/_mock/rate-limit",
    body=RateLimitPut,
    answer=RateLimitAnswer,
    statuses=(400,),
    example={"requests": 10, "seconds": 1},
)
def put_rate_limit(workspace: Workspace, body: RateLimitPut) -> RateLimitAnswer:
    """Answer 429 with Retry-After when more requests come; the limit is full at first."""
    workspace.rate_limit = RateLimit(body, workspace.clock.now())
    return get_rate_limit(workspace)


@endpoints.delete("/_mock/rate-limit", answer=RateLimitAnswer)
def delete_rate_limit(workspace: Workspace) -> RateLimitAnswer:
    """Take the rate limit away."""
    workspace.rate_limit = None
    return get_rate_limit(workspace)
