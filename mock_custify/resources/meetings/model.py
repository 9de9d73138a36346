"""A meeting with a customer."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from mock_custify.resources.empty_list import EMPTY_LIST
from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class Organizer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The organizer of a meeting; `people` is the internal id of the user, if there is one."""

    name: str | None = None
    email: str | None = None
    people: str | None = None


class Participant(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A participant of a meeting; `people` is the internal id of the user or person, if there is one."""

    name: str | None = None
    email: str | None = None
    people: str | None = None
    status: str | None = None
    comment: str | None = None
    optional: bool | None = None
    organizer: bool | None = None


class Meeting(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A stored meeting; `duration` is in seconds, `company` and `people` are internal ids.

    In a state, the organizer may be a text: an email or a name.
    """

    id: str = ""
    _id: str = ""
    title: str
    description: str | None = None
    startAt: DateText | None = None
    endAt: DateText | None = None
    duration: int | float | None = None
    recurring: bool | None = None
    organizer: Organizer | str | None = None
    participants: tuple[Participant, ...] = EMPTY_LIST
    company: tuple[str, ...] = EMPTY_LIST
    people: tuple[str, ...] = EMPTY_LIST
    tags: tuple[str, ...] = EMPTY_LIST
    externalId: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


MEETINGS: Final = Section("meetings", Meeting, Collection[Meeting])
