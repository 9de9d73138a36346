"""A note on a company or a person."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import Struct

from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

EntityModel: TypeAlias = Literal["Company", "Customer", "People", "Person"]


class NotePost(Struct, kw_only=True):
    """The body of POST /note; `entity` is the internal id of a company or a person."""

    entity: ObjectId
    entityModel: EntityModel
    text: str
    subject: str | None = None


class Note(Struct, frozen=True, kw_only=True):
    """A note on record; `text` may be HTML."""

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
