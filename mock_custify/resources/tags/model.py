"""A tag, and putting it on companies and people."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

TagCategory: TypeAlias = Literal["task", "company", "people", "note"]


class TagPost(Struct, kw_only=True):
    """The body of POST /tag."""

    name: Annotated[str, Meta(min_length=1)]
    category: TagCategory
    description: str | None = None
    color: str | None = None


class TagEntities(Struct, kw_only=True):
    """The body of PATCH /tag/entity: `ids` are internal ids of companies or people, `tag` is one of a tag."""

    ids: list[ObjectId]
    type: Literal["add", "remove"]
    category: Literal["company", "people"]
    tag: ObjectId


class TaggedEntities(Struct):
    """How many records have the tag now, or have lost it."""

    updated: int


class Tag(Struct, frozen=True, kw_only=True):
    """A tag on record."""

    id: str = ""
    _id: str = ""
    name: str
    description: str | None = None
    category: TagCategory | None = None
    color: str | None = None
    color_text: str | None = None
    position: int | float | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


TAGS: Final = Section("tags", Tag, Collection[Tag])
