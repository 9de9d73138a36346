"""The rules about tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, structs

from mock_custify.api.lists import field_reader, ordered
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.tags.model import SECTION_OF, TAGS, Tag
from mock_custify.workspace.collection import Collection

if TYPE_CHECKING:
    from mock_custify.api.filters.model import Sorting
    from mock_custify.resources.tags.model import TagCategory, TagEntities, TagPost
    from mock_custify.workspace.workspace import Workspace


def create_tag(workspace: Workspace, request: TagPost) -> Tag:
    """Create a tag, which comes after all others. Source: POST /tag."""
    positions = [tag.position for tag in workspace.records[TAGS] if tag.position is not None]
    return add_tag(workspace, Tag(**sent(request), position=max(positions, default=-1) + 1))


def update_tag(workspace: Workspace, tag_id: str, request: TagPost) -> Tag:
    """Write the fields of `request` over a tag; raise InvalidRequestError. Source: POST /tag/{id}."""
    known = workspace.records[TAGS].get(tag_id)
    if known is None:
        raise InvalidRequestError(f"there is no tag with the id {tag_id!r}")
    tag = structs.replace(known, **sent(request), updated_at=workspace.clock.stamp())
    workspace.records[TAGS].put(tag)
    return tag


def sent(request: TagPost) -> dict[str, Any]:
    """Return the fields that a client sent."""
    return {name: value for name, value in structs.asdict(request).items() if value is not UNSET}


@TAGS.adds
def add_tag(workspace: Workspace, tag: Tag) -> Tag:
    """Store a tag."""
    return place(workspace, TAGS, tag)


def get_tag(workspace: Workspace, tag_id: str) -> Tag:
    """Return the tag of an internal id; raise NotFoundError."""
    tag = workspace.records[TAGS].get(tag_id)
    if tag is None:
        raise NotFoundError(f"there is no tag with the id {tag_id!r}")
    return tag


def find_tags(workspace: Workspace, category: TagCategory | None, sorting: Sorting | None) -> list[Tag]:
    """Return the tags of a category, all of them for None, in the order that is asked for."""
    found = [tag for tag in workspace.records[TAGS] if category is None or tag.category == category]
    return ordered(found, sorting, field_reader(Tag)(sorting.field if sorting else ""))


def delete_tag(workspace: Workspace, tag_id: str) -> None:
    """Delete a tag and remove it from every record that has it; raise NotFoundError."""
    workspace.records[TAGS].remove(get_tag(workspace, tag_id))
    for held in list(workspace.records.values()):
        if isinstance(held, Collection):
            for record in [one for one in held if tag_id in getattr(one, "tags", ())]:
                retag(workspace, held, record, without(record.tags, tag_id))


def tag_entities(workspace: Workspace, request: TagEntities) -> int:
    """Add a tag to records or remove it, and return how many changed.

    Raises NotFoundError for a tag or a record that is not there, InvalidRequestError for a tag of another
    category; then nothing has changed.
    """
    tag, held = get_tag(workspace, request.tag), records_of(workspace, request.category)
    for entity in request.ids:
        if held.get(entity) is None:
            raise NotFoundError(f"there is no {request.category} with the id {entity!r}")
    if tag.category not in {request.category, None}:
        raise InvalidRequestError(
            f"the tag {tag.id!r} has the category {tag.category}, not {request.category}"
        )
    records = [held.by_id[entity] for entity in dict.fromkeys(request.ids)]
    changed = [record for record in records if (tag.id in record.tags) != (request.type == "add")]
    for record in changed:
        kept = without(record.tags, tag.id)
        retag(workspace, held, record, (*kept, tag.id) if request.type == "add" else kept)
    return len(changed)


def records_of(workspace: Workspace, category: TagCategory) -> Collection[Any]:
    """Return the records that have tags of a category; none of a kind that has no records."""
    name = SECTION_OF[category]
    held = (held for section, held in workspace.records.items() if section.name == name)
    return next(held, Collection())


def retag(workspace: Workspace, held: Collection[Any], record: Any, tags: tuple[str, ...]) -> None:
    """Give a record its new tags."""
    held.put(structs.replace(record, tags=tags, updated_at=workspace.clock.stamp()))


def without(tags: tuple[str, ...], tag_id: str) -> tuple[str, ...]:
    """Return the tags but one."""
    return tuple(tag for tag in tags if tag != tag_id)
