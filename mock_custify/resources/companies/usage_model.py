"""What a company did: its events counted, by name and by day."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from mock_custify.values import DateText

UsageType: TypeAlias = Literal["eventFrequency", "eventCount", "eventLastOccurrence"]


class DayCount(Struct, frozen=True):
    """The number of events on a day, in UTC."""

    date: str
    count: int


class EventUsage(Struct, frozen=True, kw_only=True):
    """How often one event happened; `frequency` is in events a day."""

    event_name: str
    count: int
    frequency: float
    last_occurrence: DateText | None
    data: list[DayCount]


class Usage(Struct, frozen=True, kw_only=True):
    """How often the requested events happened; `data` has it for each name. The form is our decision."""

    type: UsageType
    event_name: str | None
    count: int
    frequency: float
    last_occurrence: DateText | None
    data: list[EventUsage]
