"""The calls about meetings."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, PageQuery
from mock_custify.resources.meetings import rules
from mock_custify.resources.meetings.model import Meeting
from mock_custify.workspace import Workspace

meetings = Blueprint("meetings", __name__)


class MeetingsPage(Struct, kw_only=True):
    """One page of meetings and how many there are in all."""

    meetings: list[Meeting]
    total: int


@meetings.get("/calendar/meeting")
@call(statuses=(400,))
def list_meetings(workspace: Workspace, query: PageQuery) -> MeetingsPage:
    """List meetings, the latest first."""
    return page_of(rules.find_meetings(workspace), query)


@meetings.get("/calendar/meeting/company/<company>")
@call(statuses=(400,))
def list_meetings_of_company(workspace: Workspace, company: str, query: PageQuery) -> MeetingsPage:
    """List the meetings of a company, the latest first; an unknown company has none."""
    return page_of(rules.find_meetings(workspace, company), query)


def page_of(meetings: list[Meeting], query: PageQuery) -> MeetingsPage:
    """Return the asked page of meetings."""
    return MeetingsPage(meetings=query.cut(meetings, LARGEST_OF_OTHERS), total=len(meetings))
