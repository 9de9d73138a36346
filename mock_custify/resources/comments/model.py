"""A comment on a note or a task."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from msgspec import UNSET, Struct, UnsetType

from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

CommentedModel: TypeAlias = Literal["Note", "Task"]


class CommentPost(Struct, kw_only=True):
    """The body of POST /comment/{entityModel}/{entity}; `id` names the comment to update."""

    text: str
    id: ObjectId | UnsetType = UNSET
    createdBy: str | UnsetType = UNSET


class Comment(Struct, frozen=True, kw_only=True):
    """A stored comment; `entity` is the internal id of a note or a task, `createdBy` is that of a user."""

    id: str = ""
    _id: str = ""
    text: str
    entity: str
    entityModel: CommentedModel
    createdBy: str | None = None
    created_at: DateText = ""
    updated_at: DateText = ""


class CommentAnswer(Comment, frozen=True, kw_only=True, omit_defaults=True):
    """A comment in an answer; a field without a value is left out."""

    id: str
    _id: str
    created_at: DateText
    updated_at: DateText


COMMENTS: Final = Section("comments", Comment, Collection[Comment])
