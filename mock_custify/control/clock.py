"""The control calls about the clock and the ids of a workspace."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import control_call
from mock_custify.workspace import Workspace
from mock_custify.workspace.clock import Clock, Ids
from mock_custify.workspace.clock_settings import ClockPut, SeedPut, moved, seeded

control_clock = Blueprint("control_clock", __name__)


class ClockAnswer(Struct):
    """The time of the workspace, whether it is frozen, and its offset from real time in seconds."""

    now: str
    frozen: bool
    offset: float


class SeedAnswer(Struct):
    """The seed of the ids, and the number of ids made from it so far."""

    seed: int
    made: int


@control_clock.get("/_mock/clock")
@control_call()
def get_clock(workspace: Workspace) -> ClockAnswer:
    """Read the time of the workspace."""
    return clock_answer(workspace.clock)


@control_clock.put("/_mock/clock")
@control_call(statuses=(400,), example={"freeze": "2026-01-31T12:00:00.000Z"})
def put_clock(workspace: Workspace, body: ClockPut) -> ClockAnswer:
    """Freeze, set or advance the time of the workspace."""
    workspace.clock = moved(workspace.clock, body)
    return clock_answer(workspace.clock)


@control_clock.delete("/_mock/clock")
@control_call()
def delete_clock(workspace: Workspace) -> ClockAnswer:
    """Go back to real time."""
    workspace.clock = Clock()
    return clock_answer(workspace.clock)


@control_clock.get("/_mock/seed")
@control_call()
def get_seed(workspace: Workspace) -> SeedAnswer:
    """Read the seed of the ids."""
    return seed_answer(workspace.records.ids)


@control_clock.put("/_mock/seed")
@control_call(statuses=(400,), example={"seed": 7})
def put_seed(workspace: Workspace, body: SeedPut) -> SeedAnswer:
    """Set the seed of the ids: the same seed gives the same ids, except those of existing records."""
    workspace.records.ids = seeded(workspace.records, body.seed)
    return seed_answer(workspace.records.ids)


def clock_answer(clock: Clock) -> ClockAnswer:
    """Return a clock as an answer shows it."""
    return ClockAnswer(clock.stamp(), clock.frozen is not None, round(clock.offset.total_seconds(), 3))


def seed_answer(ids: Ids) -> SeedAnswer:
    """Return the seed of ids and how many it has made."""
    return SeedAnswer(ids.seed, ids.count)
