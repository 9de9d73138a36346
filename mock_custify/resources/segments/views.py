"""The calls about segments."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct, structs

from mock_custify.api import call
from mock_custify.api.paging import PageQuery
from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.segments import rules
from mock_custify.resources.segments.model import SEGMENTS, AskedAudience, Segment
from mock_custify.workspace import Workspace

segments = Blueprint("segments", __name__)


class SegmentQuery(PageQuery, kw_only=True):
    """Which page of the segments, of companies or of people."""

    type: AskedAudience = ""


class SegmentsPage(Struct, kw_only=True):
    """One page of segments and how many there are in all."""

    segments: list[Segment]
    total: int


@segments.get("/segment")
@call(statuses=(400,))
def list_segments(workspace: Workspace, query: SegmentQuery) -> SegmentsPage:
    """List segments, each with the number of its members."""
    return page_of(workspace, rules.segments_of(workspace, query.type), query)


@segments.get("/company/segments/<company>")
@call(statuses=(400,))
def list_segments_of_company(workspace: Workspace, company: str, query: PageQuery) -> SegmentsPage:
    """List the segments that a company belongs to; an unknown company belongs to none."""
    known = workspace.records[COMPANIES].get(company)
    ids = rules.buckets_reader(workspace, COMPANY_FIELDS)(known) if known else []
    return page_of(workspace, [workspace.records[SEGMENTS].by_id[one] for one in ids], query)


def page_of(workspace: Workspace, segments: list[Segment], query: PageQuery) -> SegmentsPage:
    """Return the asked page of segments."""
    shown = [
        structs.replace(one, companies_count=rules.count_members(workspace, one))
        for one in query.cut(segments)
    ]
    return SegmentsPage(segments=shown, total=len(segments))
