"""The calls about segments."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct, structs

from mock_custify.api import call
from mock_custify.api.paging import LARGEST, LARGEST_OF_OTHERS, PageQuery, SortingQuery
from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.segments import rules
from mock_custify.resources.segments.model import SEGMENTS, Audience, Segment
from mock_custify.workspace import Workspace

segments = Blueprint("segments", __name__)


class SegmentQuery(SortingQuery, kw_only=True):
    """Which page of the segments, of people or of companies, and in which order."""

    type: Audience = "people"


class SegmentsPage(Struct, kw_only=True):
    """One page of segments, and the number of all segments."""

    segments: list[Segment]
    total: int


@segments.get("/segment")
@call(statuses=(400,))
def list_segments(workspace: Workspace, query: SegmentQuery) -> SegmentsPage:
    """List segments, each with the number of its members."""
    found = rules.find_segments(workspace, query.type, query.asked_sorting())
    return page_of(workspace, found, query, LARGEST_OF_OTHERS)


@segments.get("/segment/<segment>")
@call()
def get_segment(workspace: Workspace, segment: str) -> SegmentsPage:
    """Read a segment, in a list of one; an unknown id gives an empty list."""
    known = workspace.records[SEGMENTS].get(segment)
    return page_of(workspace, [known] if known else [], PageQuery())


@segments.get("/company/segments/<company>")
@call(statuses=(400,))
def list_segments_of_company(workspace: Workspace, company: str, query: PageQuery) -> SegmentsPage:
    """List the segments that a company belongs to; an unknown company belongs to none."""
    known = workspace.records[COMPANIES].get(company)
    ids = rules.buckets_reader(workspace, COMPANY_FIELDS)(known) if known else []
    return page_of(workspace, [workspace.records[SEGMENTS].by_id[one] for one in ids], query)


def page_of(
    workspace: Workspace, segments: list[Segment], query: PageQuery, most: int = LARGEST
) -> SegmentsPage:
    """Return the asked page of segments, of at most `most` items."""
    shown = [
        structs.replace(one, companies_count=rules.count_members(workspace, one))
        for one in query.cut(segments, most)
    ]
    return SegmentsPage(segments=shown, total=len(segments))
