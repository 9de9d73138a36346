"""A segment: companies or people that share something."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import Struct

from mock_custify.api.filters.model import Filter
from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.values import DateText, Text
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

Audience: TypeAlias = Literal["company", "companies", "people", "customers"]


class Segment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored segment: it holds what its `filters` say and the internal ids in `members`.

    `goal` is the description, which some clients read as `description`. `type` is kept as company or people.
    """

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    type: Audience = "companies"
    color: str | None = None
    companies_count: int | None = None
    goal: Text | None = None
    tags: tuple[str, ...] = EMPTY_LIST
    filters: tuple[Filter, ...] | None = None
    members: tuple[str, ...] | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


SEGMENTS: Final = Section("segments", Segment, Collection[Segment])
