"""The calls about meetings."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.api import Endpoints
from mock_custify.api.gate import gate
from mock_custify.api.paging import LARGEST_OF_WORK, PageQuery
from mock_custify.resources.meetings import rules
from mock_custify.resources.meetings.model import Meeting
from mock_custify.workspace import Workspace

endpoints = Endpoints("Meetings", around=gate)


class MeetingsPage(Struct, kw_only=True):
    """One page of meetings and how many there are in all."""

    meetings: list[Meeting]
    total: int


@endpoints.get("/calendar/meeting", query=PageQuery, answer=MeetingsPage, statuses=(400,))
def list_meetings(workspace: Workspace, query: PageQuery) -> MeetingsPage:
    """List meetings, the latest first."""
    return page_of(rules.find_meetings(workspace), query)


@endpoints.get("/calendar/meeting/company/{company}", query=PageQuery, answer=MeetingsPage, statuses=(400,))
def list_meetings_of_company(workspace: Workspace, company: str, query: PageQuery) -> MeetingsPage:
    """List the meetings of a company, the latest first; an unknown company has none."""
    return page_of(rules.find_meetings(workspace, company), query)


def page_of(meetings: list[Meeting], query: PageQuery) -> MeetingsPage:
    """Return the asked page of meetings."""
    return MeetingsPage(meetings=query.cut(meetings, LARGEST_OF_WORK), total=len(meetings))
