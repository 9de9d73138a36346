"""The control calls about faults on purpose and about the rate limit."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import control_call
from mock_custify.errors import InvalidRequestError
from mock_custify.workspace import Workspace
from mock_custify.workspace.traffic.faults import Fault, FaultAnswer, Faults
from mock_custify.workspace.traffic.rate_limit import RateLimit, RateLimitPut

control_faults = Blueprint("control_faults", __name__)


class FaultsPut(Struct, forbid_unknown_fields=True):
    """All rules of a workspace, in the order in which they are tried."""

    faults: list[Fault]


class FaultList(Struct):
    """All rules of a workspace, each with its counts."""

    faults: list[FaultAnswer]


class RateLimitAnswer(Struct):
    """The rate limit, and how many requests remain at this moment; null without a limit."""

    requests: int | None = None
    seconds: float | None = None
    remaining: int | None = None


@control_faults.get("/_mock/faults")
@control_call()
def get_faults(workspace: Workspace) -> FaultList:
    """List the fault rules, each with the calls that it matched and was applied to."""
    return fault_list(workspace)


@control_faults.put("/_mock/faults")
@control_call(
    statuses=(400,), example={"faults": [{"method": "POST", "path": "/people", "status": 503, "times": 2}]}
)
def put_faults(workspace: Workspace, body: FaultsPut) -> FaultList:
    """Replace all fault rules; a rule with a mistake changes nothing."""
    workspace.faults = Faults(tuple(body.faults), workspace.limits.fault_bytes)
    return fault_list(workspace)


@control_faults.post("/_mock/faults")
@control_call(statuses=(400,))
def add_fault(workspace: Workspace, body: Fault) -> FaultList:
    """Add one fault rule at the end of the list."""
    workspace.faults.add(body)
    return fault_list(workspace)


@control_faults.delete("/_mock/faults")
@control_call()
def delete_faults(workspace: Workspace) -> FaultList:
    """Delete all fault rules; the answer has the counts of each."""
    gone = fault_list(workspace)
    workspace.faults = Faults((), workspace.limits.fault_bytes)
    return gone


@control_faults.delete("/_mock/faults/<number>")
@control_call(statuses=(400, 404))
def delete_fault(workspace: Workspace, number: str) -> FaultList:
    """Delete one fault rule by its number in the list, from 1; the others keep their counts."""
    if not (number.isascii() and number.isdigit()):
        raise InvalidRequestError(f"{number[:80]!r} is not the number of a fault: the first one is 1")
    workspace.faults.remove(int(number[:9]))
    return fault_list(workspace)


@control_faults.get("/_mock/rate-limit")
@control_call()
def get_rate_limit(workspace: Workspace) -> RateLimitAnswer:
    """Read the rate limit."""
    return rate_limit_answer(workspace)


@control_faults.put("/_mock/rate-limit")
@control_call(statuses=(400,), example={"requests": 10, "seconds": 1})
def put_rate_limit(workspace: Workspace, body: RateLimitPut) -> RateLimitAnswer:
    """Answer 429 with Retry-After to more calls in a window; {"preset": "custify"} is the vendor's limit."""
    workspace.rate_limit = RateLimit(body)
    return rate_limit_answer(workspace)


@control_faults.delete("/_mock/rate-limit")
@control_call()
def delete_rate_limit(workspace: Workspace) -> RateLimitAnswer:
    """Remove the rate limit."""
    workspace.rate_limit = None
    return rate_limit_answer(workspace)


def fault_list(workspace: Workspace) -> FaultList:
    """Return all rules, each with its counts."""
    return FaultList([rule.answer() for rule in workspace.faults.rules])


def rate_limit_answer(workspace: Workspace) -> RateLimitAnswer:
    """Return the rate limit at this moment."""
    limit = workspace.rate_limit
    if limit is None:
        return RateLimitAnswer()
    return RateLimitAnswer(limit.requests, limit.seconds, limit.remaining(workspace.clock.now()))
