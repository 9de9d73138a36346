"""The rules about notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import structs

from mock_custify.api.filters.any_of import any_of
from mock_custify.api.lists import field_reader, newest_first, ordered
from mock_custify.errors import InvalidRequestError
from mock_custify.resources import checked
from mock_custify.resources.adding import place
from mock_custify.resources.comments.rules import forget_comments_on
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.linked import unlink
from mock_custify.resources.notes.model import NOTES, Note, NoteMetadata
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import referred_person
from mock_custify.resources.unknown_id import unknown_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mock_custify.api.filters.model import AnyOf, Sorting
    from mock_custify.api.lists import Reader
    from mock_custify.resources.checked import Check
    from mock_custify.resources.notes.model import MentionedUsers, NotePost
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

NOWHERE: Final[dict[str, Any]] = {"entityName": None, "company": (), "people": ()}


def mentioned(workspace: Workspace, name: str, metadata: MentionedUsers) -> NoteMetadata:
    """Return the metadata of a note with its users by internal id; raise InvalidRequestError."""
    found = checked.users(workspace, f"{name}.mentionedUsers", metadata.mentionedUsers)
    return NoteMetadata(mentionedUsers=found)


CHECKS: Final[Mapping[str, Check]] = {
    "tags": checked.tags_of("note"),
    "files": checked.files,
    "metadata": mentioned,
}


def write_note(workspace: Workspace, request: NotePost) -> Note:
    """Put a note on a company or a person; raise InvalidRequestError. Source: POST /note."""
    return add_note(workspace, Note(**sent(workspace, request), createdByType="api"))


def update_note(workspace: Workspace, note_id: str, request: NotePost) -> Note:
    """Write the fields of `request` over a note; raise InvalidRequestError. Source: POST /note/{id}."""
    known = workspace.records[NOTES].get(note_id)
    if known is None:
        raise InvalidRequestError(f"there is no note with the id {note_id!r}")
    moved = NOWHERE if request.entity != known.entity else {}
    note = structs.replace(known, **moved, **sent(workspace, request), updated_at=workspace.clock.stamp())
    workspace.records[NOTES].put(under(workspace, note))
    return workspace.records[NOTES].by_id[note_id]


def sent(workspace: Workspace, request: NotePost) -> dict[str, Any]:
    """Return the fields that a client sent; raise InvalidRequestError."""
    section: Section[Any] = COMPANIES if request.entityModel == "Company" else PEOPLE
    if workspace.records[section].get(request.entity) is None:
        raise InvalidRequestError(unknown_id(workspace, section, request.entity))
    return checked.checked(workspace, request, CHECKS)


@NOTES.adds
def add_note(workspace: Workspace, note: Note) -> Note:
    """Store a note under the company or the person it names."""
    return place(workspace, NOTES, under(workspace, note))


def under(workspace: Workspace, note: Note) -> Note:
    """Return a note with the company or the person it names, which also lists what it listed before."""
    company = referred_company(workspace, note.entity or "")
    person = None if company else referred_person(workspace, note.entity or "")
    known = company or person
    if known is None:
        return note
    return structs.replace(
        note,
        entity=known.id,
        entityName=note.entityName or known.name,
        company=note.company or ((company.id,) if company else ()),
        people=note.people or ((person.id,) if person else ()),
    )


def creator(note: Note) -> str | None:
    """Return who made a note, in the words of its filters."""
    if note.externalProvider:
        return f"integration_{note.externalProvider}"
    kind = (note.createdByType or "").casefold()
    return f"{kind}_{note.createdBy}" if kind in {"user", "playbook"} else kind or None


READERS: Final[Mapping[str, Reader]] = {
    "createdByEntity": creator,
    "tags": lambda note: note.tags,
    "mentioning": lambda note: note.metadata.mentionedUsers,
}


def find_notes(
    workspace: Workspace,
    entity: str | None,
    filters: Sequence[AnyOf],
    sorting: Sorting | None,
    search: str,
) -> list[Note]:
    """Return the notes of a company or a person, all of them for None, that meet the filters.

    Without an order they come newest first, those of one entity with the sticky ones before the others.
    Raises InvalidRequestError.
    """
    test, text = any_of(filters, READERS), search.casefold()
    notes = [note for note in workspace.records[NOTES] if is_on(note, entity) and test(note)]
    found = newest_first(note for note in notes if mentions(note, text))
    if sorting is None:
        return found if entity is None else sorted(found, key=lambda note: not note.sticky)
    return ordered(found, sorting, field_reader(Note)(sorting.field))


def is_on(note: Note, entity: str | None) -> bool:
    """Tell whether a note is on a company or a person; every note is for None."""
    return entity is None or entity == note.entity or entity in note.company or entity in note.people


def mentions(note: Note, text: str) -> bool:
    """Tell whether a text without case is in a note, or in the external id of one from an integration."""
    outside = (note.externalId or "") if note.externalProvider else ""
    return text in note.text.casefold() or text in outside.casefold()


@NOTES.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Delete the notes on a deleted person or company, with their comments."""
    notes = workspace.records[NOTES]
    on_it = [note for note in notes if note.entity == record_id]
    for note in on_it:
        notes.remove(note)
    for note_id in [*(note.id for note in on_it), *unlink(workspace, NOTES, record_id)]:
        forget_comments_on(workspace, note_id)
