"""The calls about tags."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.api.gate import gate
from mock_custify.api.paging import PageQuery
from mock_custify.resources.tags import rules
from mock_custify.resources.tags.model import Tag, TagEntities, TaggedEntities, TagPost
from mock_custify.workspace import Workspace

endpoints = Endpoints("Tags", around=gate)


class TagQuery(PageQuery, kw_only=True):
    """Which page of the tags: task, company, people or note."""

    category: str | None = None


class TagsPage(Struct, kw_only=True):
    """One page of tags and how many there are in all."""

    tags: list[Tag]
    total: int


@endpoints.post(
    "/tag", body=TagPost, answer=Tag, statuses=(400, 413), example={"name": "vip", "category": "company"}
)
def create_tag(workspace: Workspace, body: TagPost) -> Tag:
    """Create a tag."""
    return rules.create_tag(workspace, body)


@endpoints.get("/tag", query=TagQuery, answer=TagsPage, statuses=(400,))
def list_tags(workspace: Workspace, query: TagQuery) -> TagsPage:
    """List tags, one page at a time."""
    found = rules.find_tags(workspace, query.category or None)
    return TagsPage(tags=query.cut(found), total=len(found))


@endpoints.patch(
    "/tag/entity",
    body=TagEntities,
    answer=TaggedEntities,
    statuses=(400, 404, 413),
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
