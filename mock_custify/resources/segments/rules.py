"""The rules about segments: who belongs to one, and which companies and people a client filters for."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import structs

from mock_custify.api.filters.grammar import GRADES, compiled
from mock_custify.api.filters.values import read_choices
from mock_custify.api.lists import matching, ordered
from mock_custify.resources.adding import place
from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.rules import ancestors
from mock_custify.resources.ordering import in_order
from mock_custify.resources.people.fields import PERSON_FIELDS
from mock_custify.resources.segments.model import SEGMENTS, Segment
from mock_custify.values import named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mock_custify.api.filters.model import Filter, Sorting
    from mock_custify.api.lists import Condition, Reader
    from mock_custify.resources.fields import Fields
    from mock_custify.resources.segments.model import Audience
    from mock_custify.workspace.workspace import Workspace

    Member = Callable[[Any], bool]

AUDIENCES: Final[dict[str, Fields]] = {
    "company": COMPANY_FIELDS,
    "companies": COMPANY_FIELDS,
    "people": PERSON_FIELDS,
    "customers": PERSON_FIELDS,
}


@SEGMENTS.adds
def add_segment(workspace: Workspace, segment: Segment) -> None:
    """Store a segment of a state; raise InvalidRequestError for a filter with a mistake."""
    goal = named(segment.goal) or segment.description
    described = {"goal": goal, "description": segment.description or goal}
    placed = place(workspace, SEGMENTS, structs.replace(segment, type=singular(segment.type), **described))
    for index, given in enumerate(placed.filters or ()):
        compiled(given, workspace.clock.now(), f"filters[{index}]")


def conditions(
    workspace: Workspace, fields: Fields, filters: Sequence[Filter], inside: frozenset[str] = frozenset()
) -> list[Condition]:
    """Return what `filters` ask of records with `fields`; raise InvalidRequestError that names the mistake.

    `inside` are the ids of the segments whose own filters these are: a segment that is defined by itself
    has no members.
    """
    now = workspace.clock.now()
    return [
        (field_reader(workspace, fields, given, inside), compiled(given, now, f"filters[{index}]"))
        for index, given in enumerate(filters)
    ]


def field_reader(workspace: Workspace, fields: Fields, given: Filter, inside: frozenset[str]) -> Reader:
    """Return the function that reads what a filter is about; a filter on segments is about `buckets`."""
    if given.fieldType == "Segment":
        return buckets_reader(workspace, fields, inside, asked_segments(given))
    if given.fieldName == "buckets":
        return buckets_reader(workspace, fields, inside)
    if given.filterType in GRADES:
        return fields.reader(workspace, f"{given.fieldName}.color")
    if given.fieldName == "parent_companies":
        return parents_reader(workspace, every=given.filterType == "is_descendant")
    return fields.reader(workspace, given.fieldName)


def parents_reader(workspace: Workspace, *, every: bool) -> Reader:
    """Return the function that lists the ids of the companies right above a company, or of all above."""
    if every:
        return lambda company: ancestors(workspace, company)
    return lambda company: [parent.id for parent in company.parent_companies]


def asked_segments(given: Filter) -> frozenset[str]:
    """Return the ids, without case, of the segments that a filter asks for; none for what is no array."""
    with suppress(ValueError):
        return read_choices(given.filterValue)
    return frozenset()


def buckets_reader(
    workspace: Workspace,
    fields: Fields,
    inside: frozenset[str] = frozenset(),
    only: frozenset[str] | None = None,
) -> Reader:
    """Return the function that lists the ids of the segments of a record, of those in `only` if given."""
    members = [
        (segment.id, member_test(workspace, segment, inside))
        for segment in workspace.records[SEGMENTS]
        if AUDIENCES[segment.type] is fields
        and segment.id not in inside
        and (only is None or segment.id.casefold() in only)
    ]
    return lambda record: [segment_id for segment_id, is_member in members if is_member(record)]


def member_test(workspace: Workspace, segment: Segment, inside: frozenset[str] = frozenset()) -> Member:
    """Return the test for membership: a member by name, or by all of the segment's filters."""
    named = frozenset(segment.members or ())
    asked = (
        None
        if segment.filters is None
        else conditions(workspace, AUDIENCES[segment.type], segment.filters, inside | {segment.id})
    )
    return lambda record: (
        record.id in named or (asked is not None and all(test(read(record)) for read, test in asked))
    )


def count_members(workspace: Workspace, segment: Segment) -> int | None:
    """Return how many records a segment holds, or the seeded count of one that does not say whom it holds."""
    if segment.filters is None and segment.members is None:
        return segment.companies_count
    records = workspace.records[AUDIENCES[segment.type].section]
    return len(matching(records, [(lambda record: record, member_test(workspace, segment))]))


def find_segments(workspace: Workspace, kind: Audience, sorting: Sorting | None) -> list[Segment]:
    """Return the segments for a kind of record in any of its spellings, oldest first unless sorted."""
    found = [one for one in workspace.records[SEGMENTS] if is_for(one.type, kind)]
    if sorting and sorting.field == "companies_count":
        return ordered(found, sorting, lambda segment: count_members(workspace, segment))
    return in_order(found, Segment, sorting)


def is_for(audience: Audience, kind: Audience) -> bool:
    """Tell whether something for `audience` is for a kind of record, whatever their spellings."""
    return AUDIENCES[audience] is AUDIENCES[kind]


def singular(audience: Audience) -> Literal["company", "people"]:
    """Return a kind of record as segments and metrics spell it."""
    return "company" if is_for(audience, "company") else "people"


def plural(audience: Audience) -> Literal["companies", "people"]:
    """Return a kind of record as playbooks spell it."""
    return "companies" if is_for(audience, "company") else "people"


@SEGMENTS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take a deleted person or company out of the members of every segment."""
    segments = workspace.records[SEGMENTS]
    for segment in [one for one in segments if record_id in (one.members or ())]:
        members = tuple(one for one in segment.members or () if one != record_id)
        segments.put(structs.replace(segment, members=members))
