"""The calls about segments."""

from __future__ import annotations

from msgspec import Struct, structs

from mock_custify.api import Endpoints
from mock_custify.api.gate import gate
from mock_custify.api.paging import PageQuery
from mock_custify.resources.segments import rules
from mock_custify.resources.segments.model import AskedAudience, Segment
from mock_custify.workspace import Workspace

endpoints = Endpoints("Segments", around=gate)


class SegmentQuery(PageQuery, kw_only=True):
    """Which page of the segments, of companies or of people."""

    type: AskedAudience = ""


class SegmentsPage(Struct, kw_only=True):
    """One page of segments and how many there are in all."""

    segments: list[Segment]
    total: int


@endpoints.get("/segment", query=SegmentQuery, answer=SegmentsPage, statuses=(400,))
def list_segments(workspace: Workspace, query: SegmentQuery) -> SegmentsPage:
    """List segments, each with the number of its members."""
    return page_of(workspace, rules.segments_of(workspace, query.type), query)


@endpoints.get("/company/segments/{company}", query=PageQuery, answer=SegmentsPage, statuses=(400,))
def list_segments_of_company(workspace: Workspace, company: str, query: PageQuery) -> SegmentsPage:
    """List the segments that a company belongs to; an unknown company belongs to none."""
    known = workspace.records.companies.get(company)
    ids = rules.buckets_reader(workspace, "companies")(known) if known else []
    return page_of(workspace, [workspace.records.segments.by_id[one] for one in ids], query)


def page_of(workspace: Workspace, segments: list[Segment], query: PageQuery) -> SegmentsPage:
    """Return the asked page of segments."""
    shown = [
        structs.replace(one, companies_count=rules.count_members(workspace, one))
        for one in query.cut(segments)
    ]
    return SegmentsPage(segments=shown, total=len(segments))
