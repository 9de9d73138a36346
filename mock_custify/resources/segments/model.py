"""A segment: companies or people that share something."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import Struct

from mock_custify.api.filters.model import Filter
from mock_custify.values import DateText, Scalar
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

Audience: TypeAlias = Literal["company", "companies", "people", "customers"]
AskedAudience: TypeAlias = Literal["", "company", "companies", "people", "customers"]


class Segment(Struct, frozen=True, kw_only=True):
    """A segment on record: it holds what its `filters` say and the internal ids in `members`."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: Audience = "companies"
    color: str | None = None
    companies_count: int | None = None
    goal: Scalar | None = None
    tags: tuple[str, ...] = ()
    filters: tuple[Filter, ...] | None = None
    members: tuple[str, ...] | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


SEGMENTS: Final = Section("segments", Segment, Collection[Segment])
