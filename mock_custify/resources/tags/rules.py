"""The rules about tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import structs

from mock_custify.errors import NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.tags.model import TAGS, Tag

if TYPE_CHECKING:
    from mock_custify.resources.tags.model import TagEntities, TagPost
    from mock_custify.workspace.workspace import Workspace


def create_tag(workspace: Workspace, request: TagPost) -> Tag:
    """Create a tag. That Custify has such a call is known, its form is our decision."""
    return add_tag(workspace, Tag(**structs.asdict(request), position=len(workspace.records[TAGS])))


@TAGS.adds
def add_tag(workspace: Workspace, tag: Tag) -> Tag:
    """Put a tag on record."""
    return place(workspace, TAGS, tag)


def find_tags(workspace: Workspace, category: str | None) -> list[Tag]:
    """Return the tags of a category, all of them for None."""
    return [tag for tag in workspace.records[TAGS] if category is None or tag.category == category]


def tag_entities(workspace: Workspace, request: TagEntities) -> int:
    """Put a tag on records or take it off, and return how many changed.

    Raises NotFoundError, with nothing changed, for a tag or a record that is not there.
    """
    if workspace.records[TAGS].get(request.tag) is None:
        raise NotFoundError(f"there is no tag with the id {request.tag!r}")
    records: Any = (
        workspace.records[COMPANIES] if request.category == "company" else workspace.records[PEOPLE]
    )
    for entity in request.ids:
        if records.get(entity) is None:
            raise NotFoundError(f"there is no {request.category} with the id {entity!r}")
    changed = [entity for entity in dict.fromkeys(request.ids) if wants(records.get(entity).tags, request)]
    for entity in changed:
        known = records.get(entity)
        tags = tuple(tag for tag in known.tags if tag != request.tag)
        if request.type == "add":
            tags = (*known.tags, request.tag)
        records.put(structs.replace(known, tags=tags, updated_at=workspace.clock.stamp()))
    return len(changed)


def wants(tags: tuple[str, ...], request: TagEntities) -> bool:
    """Tell whether a record with `tags` changes by the request."""
    return (request.tag in tags) != (request.type == "add")
