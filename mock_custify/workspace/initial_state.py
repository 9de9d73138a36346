"""What a workspace starts from: empty and plain, or what a seed file gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mock_custify.workspace.clock import Clock
from mock_custify.workspace.messages.destination import DestinationSettings
from mock_custify.workspace.records import Records

if TYPE_CHECKING:
    from mock_custify.workspace.traffic.faults import Fault
    from mock_custify.workspace.traffic.rate_limit import RateLimitPut


@dataclass(frozen=True, slots=True)
class InitialState:
    """The first state of a workspace; each workspace takes copies of it, so that it never changes."""

    records: Records = field(default_factory=Records)
    clock: Clock = field(default_factory=Clock)
    faults: tuple[Fault, ...] = ()
    rate_limit: RateLimitPut | None = None
    destination: DestinationSettings = field(default_factory=DestinationSettings)
