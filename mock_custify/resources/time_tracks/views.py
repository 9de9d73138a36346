"""The calls about time entries; `/time_track` is the spelling of the vendor's samples."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct, structs

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS
from mock_custify.errors import InvalidRequestError
from mock_custify.resources.people.views import Deleted
from mock_custify.resources.time_tracks import rules
from mock_custify.resources.time_tracks.model import TimeTrack, TimeTrackBody, TimeTrackListing
from mock_custify.resources.time_tracks.rules import Named
from mock_custify.resources.time_tracks.search import TimeTrackQuery, find_entries
from mock_custify.workspace import Workspace

time_tracks = Blueprint("time_tracks", __name__)

EXAMPLE = {
    "name": "Onboarding",
    "duration": 1800,
    "startedDate": "2026-01-31T12:00:00.000Z",
    "company": "6560a1b2c3d4e5f60718293a",
}


class NamedQuery(Struct, kw_only=True):
    """Who spent the time, by internal id or email, and for which company or person, by your ids."""

    user: str
    company_id: str = ""
    user_id: str = ""
    email: str = ""

    def named(self) -> Named:
        """Return whom the query names."""
        return Named(self.user, self.company_id, self.user_id, self.email)


class NamedEntryQuery(NamedQuery, kw_only=True):
    """Who spent the time, for which company or person, and which entry to update."""

    id: str = ""


class EntryQuery(Struct, kw_only=True):
    """Which entry, by internal id."""

    id: str = ""


class TimeTracksPage(Struct, kw_only=True):
    """One page of time entries, and the number of all time entries."""

    time_track: list[TimeTrackListing]
    total: int


@time_tracks.post("/time-track")
@time_tracks.post("/time_track")
@call(statuses=(400,), example=EXAMPLE)
def create_entry(workspace: Workspace, query: NamedQuery, body: TimeTrackBody) -> TimeTrackListing:
    """Create a time entry."""
    return shown(rules.create_entry(workspace, query.named(), body))


@time_tracks.put("/time-track")
@time_tracks.put("/time_track")
@call(statuses=(400,), example=EXAMPLE)
def update_entry(workspace: Workspace, query: NamedEntryQuery, body: TimeTrackBody) -> TimeTrackListing:
    """Update the time entry with the `id` in the query or the body, or else the latest one with that name."""
    return shown(rules.update_entry(workspace, query.named(), body, query.id))


@time_tracks.put("/time-track/<entry>")
@time_tracks.put("/time_track/<entry>")
@call(statuses=(400,), example=EXAMPLE)
def update_named_entry(
    workspace: Workspace, entry: str, query: NamedQuery, body: TimeTrackBody
) -> TimeTrackListing:
    """Update the time entry with an internal id."""
    return shown(rules.update_entry(workspace, query.named(), body, entry))


@time_tracks.get("/time-track")
@time_tracks.get("/time_track")
@call(statuses=(400,))
def list_entries(workspace: Workspace, query: TimeTrackQuery) -> TimeTracksPage:
    """List time entries, the latest start first."""
    found = rules.sorted_entries(find_entries(workspace, query), query.asked_sorting())
    page = query.cut(found, LARGEST_OF_OTHERS)
    return TimeTracksPage(time_track=[shown(entry) for entry in page], total=len(found))


@time_tracks.delete("/time-track/<entry>")
@time_tracks.delete("/time_track/<entry>")
@call(statuses=(404,))
def delete_entry(workspace: Workspace, entry: str) -> Deleted:
    """Delete a time entry by internal id."""
    rules.delete_entry(workspace, entry)
    return Deleted(1)


@time_tracks.delete("/time-track")
@time_tracks.delete("/time_track")
@call(statuses=(400, 404))
def delete_named_entry(workspace: Workspace, query: EntryQuery) -> Deleted:
    """Delete the time entry that the query names."""
    if not query.id:
        raise InvalidRequestError("id is required in the query or the path")
    rules.delete_entry(workspace, query.id)
    return Deleted(1)


def shown(entry: TimeTrack) -> TimeTrackListing:
    """Return an entry as an answer shows it."""
    return TimeTrackListing(**structs.asdict(entry))
