"""The rules about time entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from msgspec import UNSET, structs

from mock_custify.api.lists import field_reader, newest_first, ordered
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources import checked
from mock_custify.resources.adding import place
from mock_custify.resources.companies.rules import find_company, referred_company
from mock_custify.resources.linked import unlink
from mock_custify.resources.people.rules import find_person, referred_person
from mock_custify.resources.time_tracks.model import TIME_TRACKS, TimeTrack
from mock_custify.resources.unknown_id import no_person
from mock_custify.resources.users import find_user

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.api.filters.model import Sorting
    from mock_custify.resources.checked import Check
    from mock_custify.resources.time_tracks.model import TimeTrackBody
    from mock_custify.workspace.workspace import Workspace

CHECKS: Final[Mapping[str, Check]] = {
    "startedDate": checked.date,
    "company": lambda *given: (checked.company(*given),),
    "people": lambda *given: (checked.person(*given),),
    "tags": checked.tags_of("time_tracker"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """Whose entry the query of a call names: the user, and a company or a person by the client's ids."""

    user: str
    company_id: str
    user_id: str
    email: str


def create_entry(workspace: Workspace, named: Named, request: TimeTrackBody) -> TimeTrack:
    """Create a time entry; raise InvalidRequestError. Source: POST /time-track."""
    sent = sent_fields(workspace, named, request)
    if not (sent.get("company") or sent.get("people")):
        raise InvalidRequestError(
            "company or people in the body, or company_id, user_id or email in the query, is required"
        )
    return place(workspace, TIME_TRACKS, TimeTrack(**sent))


def update_entry(workspace: Workspace, named: Named, request: TimeTrackBody, entry_id: str) -> TimeTrack:
    """Write the fields of `request` over an entry; raise InvalidRequestError. Source: PUT /time-track."""
    sent = sent_fields(workspace, named, request)
    known = entry_to_update(workspace, entry_id or (request.id if request.id is not UNSET else ""), sent)
    entry = structs.replace(known, **sent, updated_at=workspace.clock.stamp())
    workspace.records[TIME_TRACKS].put(entry)
    return entry


def entry_to_update(workspace: Workspace, entry_id: str, sent: dict[str, Any]) -> TimeTrack:
    """Return the entry of an internal id, else the user's latest one of the same name on the same records.

    Raises InvalidRequestError. The vendor does not say which entry an update means; see docs/decisions.md.
    """
    held = workspace.records[TIME_TRACKS]
    if entry_id:
        known = held.get(entry_id)
        if known is None:
            raise InvalidRequestError(f"there is no time entry with the id {entry_id!r}")
        return known
    same = ("user", "name", *(name for name in ("company", "people") if name in sent))
    found = [one for one in held if all(getattr(one, name) == sent[name] for name in same)]
    if not found:
        raise InvalidRequestError(
            f"the user has no time entry {sent['name']!r} for this company or person:"
            " give the id of the entry to update"
        )
    return found[-1]


def sent_fields(workspace: Workspace, named: Named, request: TimeTrackBody) -> dict[str, Any]:
    """Return the fields of an entry that a call sends; raise InvalidRequestError."""
    sent = checked.checked(workspace, request, CHECKS)
    sent.pop("id", None)
    sent["startDate"] = sent.pop("startedDate")
    return {**links_of(workspace, named), **sent, "user": checked.user(workspace, "user", named.user)}


def links_of(workspace: Workspace, named: Named) -> dict[str, tuple[str, ...]]:
    """Return the company and the person that a query names; raise InvalidRequestError."""
    company = find_company(workspace, named.company_id) if named.company_id else None
    person = find_person(workspace, named.user_id, named.email)
    if named.company_id and company is None:
        raise InvalidRequestError(f"there is no company with the company_id {named.company_id!r}")
    if (named.user_id or named.email) and person is None:
        raise InvalidRequestError(no_person(named.user_id, named.email))
    found = {"company": company, "people": person}
    return {name: (known.id,) for name, known in found.items() if known is not None}


@TIME_TRACKS.adds
def add_entry(workspace: Workspace, entry: TimeTrack) -> TimeTrack:
    """Store an entry of a state with the user, the companies and the people it names."""
    user = find_user(workspace, entry.user)
    companies = ((one, referred_company(workspace, one)) for one in entry.company)
    people = ((one, referred_person(workspace, one)) for one in entry.people)
    named = structs.replace(
        entry,
        user=user.id if user else entry.user,
        company=tuple(known.id if known else one for one, known in companies),
        people=tuple(known.id if known else one for one, known in people),
    )
    return place(workspace, TIME_TRACKS, named)


def sorted_entries(entries: list[TimeTrack], sorting: Sorting | None) -> list[TimeTrack]:
    """Return entries in the order that is asked for, at first the latest start first."""
    newest = newest_first(entries, "startDate")
    return ordered(newest, sorting, field_reader(TimeTrack)(sorting.field if sorting else ""))


def delete_entry(workspace: Workspace, entry_id: str) -> None:
    """Delete an entry by internal id; raise NotFoundError."""
    known = workspace.records[TIME_TRACKS].get(entry_id)
    if known is None:
        raise NotFoundError(f"there is no time entry with the id {entry_id!r}")
    workspace.records[TIME_TRACKS].remove(known)


@TIME_TRACKS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Remove a deleted person or company from time entries, and delete entries without another one."""
    unlink(workspace, TIME_TRACKS, record_id)
