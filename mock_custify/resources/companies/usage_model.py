"""What a company did: its events counted, by name and by day."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from mock_custify.values import DateText

UsageType: TypeAlias = Literal["eventFrequency", "eventCount", "eventLastOccurrence"]


class DayCount(Struct, frozen=True):
    """How many events there were on a day, in UTC."""

    date: str
    count: int


class EventUsage(Struct, frozen=True, kw_only=True):
    """How one event was used; `frequency` is in events a day."""

    event_name: str
    count: int
    frequency: float
    last_occurrence: DateText | None
    data: list[DayCount]


class Usage(Struct, frozen=True, kw_only=True):
    """How all asked events were used; `data` says the same for each name. The shape is our decision."""

    type: UsageType
    event_name: str | None
    count: int
    frequency: float
    last_occurrence: DateText | None
    data: list[EventUsage]
