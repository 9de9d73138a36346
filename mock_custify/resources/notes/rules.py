"""The rules about notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.lists import newest_first
from mock_custify.errors import NotFoundError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.notes.model import NOTES, Note
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import referred_person

if TYPE_CHECKING:
    from mock_custify.resources.notes.model import NotePost
    from mock_custify.workspace.workspace import Workspace


def write_note(workspace: Workspace, request: NotePost) -> Note:
    """Put a note on a company or a person; raise NotFoundError when there is none. Source: POST /note."""
    on_company = request.entityModel == "Company"
    records = workspace.records
    known = (records[COMPANIES] if on_company else records[PEOPLE]).get(request.entity)
    if known is None:
        raise NotFoundError(f"there is no {request.entityModel} with the id {request.entity!r}")
    note = Note(entity=known.id, entityModel=request.entityModel, text=request.text, subject=request.subject)
    return add_note(workspace, structs.replace(note, createdByType="api"))


@NOTES.adds
def add_note(workspace: Workspace, note: Note) -> Note:
    """Put a note on record under the company or the person it names."""
    company = referred_company(workspace, note.entity or "")
    person = None if company else referred_person(workspace, note.entity or "")
    known = company or person
    if known is not None:
        note = structs.replace(
            note,
            entity=known.id,
            entityName=note.entityName or known.name,
            company=note.company or ((company.id,) if company else ()),
            people=note.people or ((person.id,) if person else ()),
        )
    return place(workspace, NOTES, note)


def notes_newest_first(workspace: Workspace) -> list[Note]:
    """Return all notes, newest first."""
    return newest_first(workspace.records[NOTES])


def notes_of(workspace: Workspace, entity: str) -> list[Note]:
    """Return the notes of a company or a person: the sticky ones, then the others, each newest first."""
    found = [
        note
        for note in notes_newest_first(workspace)
        if entity == note.entity or entity in note.company or entity in note.people
    ]
    return sorted(found, key=lambda note: not note.sticky)
