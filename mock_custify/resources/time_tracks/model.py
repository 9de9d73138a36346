"""Time that a user spent on a company or a person."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.values import DATE_PATTERN, DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

Seconds: TypeAlias = Annotated[int, Meta(ge=0)]


class TimeTrackBody(Struct, kw_only=True):
    """The body of POST and PUT /time-track; `company` and `people` are internal ids."""

    id: ObjectId | UnsetType = UNSET
    name: Annotated[str, Meta(min_length=1)]
    duration: Seconds
    startedDate: Annotated[str, Meta(extra_json_schema={"pattern": DATE_PATTERN})]
    company: ObjectId | UnsetType = UNSET
    people: ObjectId | UnsetType = UNSET
    tags: list[ObjectId] | UnsetType = UNSET


class TimeTrack(Struct, frozen=True, kw_only=True):
    """A stored entry; `duration` is in seconds, `user` is an internal id."""

    id: str = ""
    _id: str = ""
    name: str
    duration: Seconds
    startDate: DateText
    user: str | None = None
    company: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    created_at: DateText = ""
    updated_at: DateText = ""


class TimeTrackListing(TimeTrack, frozen=True, kw_only=True, omit_defaults=True):
    """A time entry in an answer; a field without a value is left out."""

    id: str
    _id: str
    company: tuple[str, ...]
    people: tuple[str, ...]
    tags: tuple[str, ...]
    created_at: DateText
    updated_at: DateText


TIME_TRACKS: Final = Section("time_track", TimeTrack, Collection[TimeTrack])
