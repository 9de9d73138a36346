"""A meeting with a customer."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Participant(Struct, frozen=True, kw_only=True):
    """Who was asked to a meeting; `people` is the internal id of the person, when there is one."""

    name: str | None = None
    email: str | None = None
    people: str | None = None
    status: str | None = None


class Meeting(Struct, frozen=True, kw_only=True):
    """A meeting on record; `duration` is in seconds, `company` and `people` are internal ids."""

    id: str = ""
    _id: str = ""
    title: str
    description: str | None = None
    startAt: DateText | None = None
    endAt: DateText | None = None
    duration: int | float | None = None
    organizer: str | None = None
    participants: tuple[Participant, ...] = ()
    company: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    externalId: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


MEETINGS: Final = Section("meetings", Meeting, Collection[Meeting])
