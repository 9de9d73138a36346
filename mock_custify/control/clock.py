"""The control calls about the clock and the ids of a workspace."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.control.clock_settings import ClockPut, SeedPut, moved, seeded
from mock_custify.workspace import Workspace
from mock_custify.workspace.clock import Clock

endpoints = Endpoints("Control")


class ClockAnswer(Struct):
    """The time of the workspace, whether it stands still, and its offset from real time in seconds."""

    now: str
    frozen: bool
    offset: float


class SeedAnswer(Struct):
    """The seed of the ids and how many it has made so far."""

    seed: int
    made: int


@endpoints.get("/_mock/clock", answer=ClockAnswer)
def get_clock(workspace: Workspace) -> ClockAnswer:
    """Read the time of the workspace."""
    clock = workspace.clock
    return ClockAnswer(clock.stamp(), clock.frozen is not None, round(clock.offset.total_seconds(), 3))


@endpoints.put(
    "/_mock/clock",
    body=ClockPut,
    answer=ClockAnswer,
    statuses=(400,),
    example={"freeze": "2026-01-31T12:00:00.000Z"},
)
def put_clock(workspace: Workspace, body: ClockPut) -> ClockAnswer:
    """Freeze, set or advance the time of the workspace."""
    workspace.clock = moved(workspace.clock, body)
    return get_clock(workspace)


@endpoints.delete("/_mock/clock", answer=ClockAnswer)
def delete_clock(workspace: Workspace) -> ClockAnswer:
    """Go back to real time."""
    workspace.clock = Clock()
    return get_clock(workspace)


@endpoints.get("/_mock/seed", answer=SeedAnswer)
def get_seed(workspace: Workspace) -> SeedAnswer:
    """Read the seed of the ids."""
    return SeedAnswer(workspace.records.ids.seed, workspace.records.ids.count)


@endpoints.put("/_mock/seed", body=SeedPut, answer=SeedAnswer, statuses=(400,), example={"seed": 7})
def put_seed(workspace: Workspace, body: SeedPut) -> SeedAnswer:
    """Make the same ids again from a seed; an id on record is never made twice."""
    workspace.records.ids = seeded(workspace.records, body.seed)
    return get_seed(workspace)
