"""A note on a company or a person."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType, field

from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

EntityModel: TypeAlias = Literal["Company", "Customer", "People", "Person"]


class MentionedUsers(Struct, kw_only=True):
    """The metadata of a note in a body; the users are named by internal id or email."""

    mentionedUsers: list[str] = []


class NotePost(Struct, kw_only=True):
    """The body of POST /note and POST /note/{id}; `entity` is the internal id of a company or a person.

    In an update, a missing field keeps its value.
    """

    entity: ObjectId
    entityModel: EntityModel
    text: str
    subject: str | UnsetType | None = UNSET
    sticky: bool | UnsetType = UNSET
    showInPortal: bool | UnsetType = UNSET
    tags: list[ObjectId] | UnsetType = UNSET
    files: list[ObjectId] | UnsetType = UNSET
    metadata: MentionedUsers | UnsetType = UNSET


class NoteMetadata(Struct, frozen=True, kw_only=True):
    """The metadata of a stored note; the users are internal ids."""

    mentionedUsers: tuple[str, ...] = ()


class Note(Struct, frozen=True, kw_only=True):
    """A stored note; `text` may be HTML."""

    id: str = ""
    _id: str = ""
    text: str
    subject: str | None = None
    entity: str | None = None
    entityModel: str | None = None
    entityName: str | None = None
    company: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    metadata: NoteMetadata = field(default_factory=NoteMetadata)
    sticky: bool = False
    status: str | None = None
    showInPortal: bool = False
    createdBy: str | None = None
    createdByType: str | None = None
    externalProvider: str | None = None
    externalId: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


NOTES: Final = Section("notes", Note, Collection[Note])
