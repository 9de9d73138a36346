"""A signal: an alert about a company or a person."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Signal(Struct, frozen=True, kw_only=True):
    """A stored signal; `entity` is the internal id of the company or person it is about."""

    id: str = ""
    _id: str = ""
    type: str | None = None
    title: str | None = None
    description: str | None = None
    status: str | None = None
    severity: str | None = None
    entity: str | None = None
    entity_model: str | None = None
    entity_name: str | None = None
    acknowledged: bool = False
    acknowledged_at: DateText | None = None
    acknowledged_by: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


SIGNALS: Final = Section("signals", Signal, Collection[Signal])
