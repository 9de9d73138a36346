"""Which fields of people and companies an answer has: all or those asked for, and with which segments.

Source: vendor's API description, section 6.4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import Meta, Struct, field, structs

from mock_custify.api.paging import ListQuery, decoded, json_parameter
from mock_custify.resources.segments.model import SEGMENTS
from mock_custify.resources.segments.rules import buckets_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mock_custify.resources.fields import Fields
    from mock_custify.workspace.workspace import Workspace

ALWAYS: Final = ("id", "created_at", "updated_at")
PROPERTIES: Final = {"type": "array", "items": {"type": "string"}, "maxItems": 500}


Names: TypeAlias = Annotated[list[str], Meta(max_length=500)]
Properties: TypeAlias = Annotated[str, json_parameter(PROPERTIES, "A JSON array of the fields to show.")]


class NamedSegment(Struct, frozen=True):
    """A segment that a record belongs to."""

    id: str
    name: str


class ShapeQuery(Struct, kw_only=True):
    """The fields to show, as a JSON array of names such as `custom_attributes.plan`; all by default."""

    properties: Properties = ""
    include_segments: bool = field(default=False, name="includeSegments")


class ShapedListQuery(ListQuery, kw_only=True):
    """The page, the filters and the order of a list, and the fields to show."""

    properties: Properties = ""
    include_segments: bool = field(default=False, name="includeSegments")


def shaped(
    workspace: Workspace,
    fields: Fields,
    records: Sequence[Any],
    show: Callable[[Iterable[Any]], Sequence[Any]],
    query: ShapeQuery | ShapedListQuery,
) -> list[Any]:
    """Return records as a query wants them shown; raise InvalidRequestError."""
    names = decoded("properties", query.properties, Names)
    shown = list(show(records))
    if query.include_segments:
        known = {one.id: NamedSegment(one.id, one.name) for one in workspace.records[SEGMENTS]}
        read = buckets_reader(workspace, fields)
        shown = [
            structs.replace(answer, segments=[known[one] for one in read(record)])
            for answer, record in zip(shown, records, strict=True)
        ]
    return shown if names is None else [excerpt(answer, names) for answer in shown]


def excerpt(answer: Any, names: Sequence[str]) -> dict[str, Any]:
    """Return the named fields of an answer, without those that hold nothing."""
    whole: dict[str, Any] = msgspec.to_builtins(answer)
    kept: dict[str, Any] = {
        name: whole[name] for name in (*ALWAYS, "company_id", "segments") if name in whole
    }
    for name in names:
        outer, _, inner = name.partition(".")
        value = whole.get(outer)
        if not inner:
            kept |= {} if value is None else {outer: value}
        elif isinstance(value, dict) and (found := within(value, inner)):
            kept[outer] = merged(kept.get(outer, {}), found)
    return kept


def within(value: dict[str, Any], path: str) -> dict[str, Any]:
    """Return the part of an object at a dotted path, as an object; empty if there is none."""
    name, _, rest = path.partition(".")
    found = value.get(name)
    if rest and isinstance(found, dict):
        found = within(found, rest)
    return {} if found in (None, {}) else {name: found}


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return both objects in one."""
    both = dict(one)
    for name, value in other.items():
        both[name] = merged(both[name], value) if isinstance(both.get(name), dict) else value
    return both
