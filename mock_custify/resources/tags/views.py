"""The calls about tags."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import PageQuery
from mock_custify.resources.tags import rules
from mock_custify.resources.tags.model import Tag, TagEntities, TaggedEntities, TagPost
from mock_custify.workspace import Workspace

tags = Blueprint("tags", __name__)


class TagQuery(PageQuery, kw_only=True):
    """Which page of the tags: task, company, people or note."""

    category: str | None = None


class TagsPage(Struct, kw_only=True):
    """One page of tags and how many there are in all."""

    tags: list[Tag]
    total: int


@tags.post("/tag")
@call(statuses=(400,), example={"name": "vip", "category": "company"})
def create_tag(workspace: Workspace, body: TagPost) -> Tag:
    """Create a tag."""
    return rules.create_tag(workspace, body)


@tags.get("/tag")
@call(statuses=(400,))
def list_tags(workspace: Workspace, query: TagQuery) -> TagsPage:
    """List tags, one page at a time."""
    found = rules.find_tags(workspace, query.category or None)
    return TagsPage(tags=query.cut(found), total=len(found))


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
    """Put a tag on companies or people, or take it off."""
    return TaggedEntities(rules.tag_entities(workspace, body))
