"""A tag, and putting it on records."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.values import DateText, ObjectId
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

# Source: vendor's API description, section 14; the last two are named by its other texts.
TagCategory: TypeAlias = Literal[
    "people",
    "company",
    "task",
    "note",
    "segment",
    "playbook",
    "lifecycle",
    "health_score",
    "survey",
    "calculated_metric",
    "meeting",
    "time_tracker",
]
Change: TypeAlias = Literal["add", "remove"]

# The section of a state whose records have tags of a category.
SECTION_OF: Final[dict[TagCategory, str]] = {
    "people": "people",
    "company": "companies",
    "task": "tasks",
    "note": "notes",
    "segment": "segments",
    "playbook": "playbooks",
    "lifecycle": "lifecycles",
    "health_score": "health_scores",
    "survey": "surveys",
    "calculated_metric": "calculated_metrics",
    "meeting": "meetings",
    "time_tracker": "time_track",
}


class TagPost(Struct, kw_only=True):
    """The body of POST /tag and POST /tag/{id}; in an update, a missing field keeps its value."""

    name: Annotated[str, Meta(min_length=1)]
    category: TagCategory
    description: str | UnsetType | None = UNSET
    color: str | UnsetType | None = UNSET


class PeopleTag(Struct, kw_only=True):
    """The body of POST /people/tag: `ids` are internal ids of people, `tag` is the internal id of a tag."""

    ids: list[ObjectId]
    type: Change
    tag: ObjectId


class TagEntities(PeopleTag, kw_only=True):
    """The body of PATCH /tag/entity: `ids` are internal ids of records of one category."""

    category: TagCategory


class TaggedEntities(Struct):
    """The number of records that got or lost the tag."""

    updated: int


class Tag(Struct, frozen=True, kw_only=True):
    """A stored tag."""

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
