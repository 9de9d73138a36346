"""The calls about notes."""

from __future__ import annotations

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.paging import LARGEST_OF_OTHERS, PageQuery
from mock_custify.resources.notes import rules
from mock_custify.resources.notes.model import Note, NotePost
from mock_custify.workspace import Workspace

notes = Blueprint("notes", __name__)


class NotesPage(Struct, kw_only=True):
    """One page of notes and how many there are in all."""

    notes: list[Note]
    total: int


@notes.post("/note")
@call(
    statuses=(400, 404),
    example={"entity": "6560a1b2c3d4e5f60718293a", "entityModel": "Company", "text": "<b>Called</b>"},
)
def write_note(workspace: Workspace, body: NotePost) -> Note:
    """Write a note on a company or a person."""
    return rules.write_note(workspace, body)


@notes.get("/note")
@call(statuses=(400,))
def list_notes(workspace: Workspace, query: PageQuery) -> NotesPage:
    """List notes, newest first."""
    return page_of(rules.notes_newest_first(workspace), query)


@notes.get("/note/<entity>")
@call(statuses=(400,))
def list_notes_of(workspace: Workspace, entity: str, query: PageQuery) -> NotesPage:
    """List the notes of a company or a person, sticky ones first; an unknown one has none."""
    return page_of(rules.notes_of(workspace, entity), query)


def page_of(notes: list[Note], query: PageQuery) -> NotesPage:
    """Return the asked page of notes."""
    return NotesPage(notes=query.cut(notes, LARGEST_OF_OTHERS), total=len(notes))
