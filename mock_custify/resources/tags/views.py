"""The calls about tags."""

from __future__ import annotations

from typing import Literal

from flask import Blueprint
from msgspec import Struct, structs

from mock_custify.api import call
from mock_custify.api.filters.model import Direction, Sorting
from mock_custify.api.paging import SortOrderQuery
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.people.views import Deleted
from mock_custify.resources.tags import rules
from mock_custify.resources.tags.model import (
    TAGS,
    PeopleTag,
    Tag,
    TagCategory,
    TagEntities,
    TaggedEntities,
    TagPost,
)
from mock_custify.workspace import Workspace

tags = Blueprint("tags", __name__)


class TagQuery(SortOrderQuery, kw_only=True):
    """Which page of the tags, of which category, and in which order; the default order is by position."""

    order: Direction = "asc"
    category: TagCategory | Literal["all", ""] = "all"

    def asked_sorting(self) -> Sorting:
        """Return the order."""
        return Sorting(field=self.sort or "position", direction=self.order)


class TagsPage(Struct, kw_only=True):
    """One page of tags, and the number of all tags."""

    tags: list[Tag]
    total: int


@tags.post("/tag")
@call(statuses=(400,), example={"name": "vip", "category": "company"})
def create_tag(workspace: Workspace, body: TagPost) -> Tag:
    """Create a tag."""
    return rules.create_tag(workspace, body)


@tags.post("/tag/<tag_id>")
@call(statuses=(400,), example={"name": "key account", "category": "company"})
def update_tag(workspace: Workspace, tag_id: str, body: TagPost) -> Tag:
    """Update a tag."""
    return rules.update_tag(workspace, tag_id, body)


@tags.get("/tag")
@call(statuses=(400,))
def list_tags(workspace: Workspace, query: TagQuery) -> TagsPage:
    """List tags, one page at a time."""
    category: TagCategory | None = None if query.category in {"all", ""} else query.category  # type: ignore[assignment] # the rest of the words
    found = rules.find_tags(workspace, category, query.asked_sorting())
    return TagsPage(tags=query.cut(found), total=len(found))


@tags.get("/tag/<tag_id>")
@call()
def get_tag(workspace: Workspace, tag_id: str) -> TagsPage:
    """Read a tag, in a list of one; an unknown id gives an empty list."""
    known = workspace.records[TAGS].get(tag_id)
    return TagsPage(tags=[known] if known else [], total=int(known is not None))


@tags.delete("/tag/<tag_id>")
@call(statuses=(404,))
def delete_tag(workspace: Workspace, tag_id: str) -> Deleted:
    """Delete a tag and remove it from every record that has it."""
    rules.delete_tag(workspace, tag_id)
    return Deleted(1)


@tags.patch("/tag/entity")
@call(
    statuses=(400, 404),
    example={
        "ids": ["6560a1b2c3d4e5f60718293a"],
        "type": "add",
        "category": "company",
        "tag": "6560a1b2c3d4e5f60718293b",
    },
)
def tag_entities(workspace: Workspace, body: TagEntities) -> TaggedEntities:
    """Add a tag to records of one category, or remove it."""
    return TaggedEntities(rules.tag_entities(workspace, body))


@tags.post("/people/tag")
@call(
    statuses=(400,),
    example={"ids": ["6560a1b2c3d4e5f60718293a"], "type": "add", "tag": "6560a1b2c3d4e5f60718293b"},
)
def tag_people(workspace: Workspace, body: PeopleTag) -> TaggedEntities:
    """Add a tag to people, or remove it."""
    request = TagEntities(**structs.asdict(body), category="people")
    try:
        return TaggedEntities(rules.tag_entities(workspace, request))
    except NotFoundError as error:  # the vendor lists no 404 for this call
        raise InvalidRequestError(error.text) from error
