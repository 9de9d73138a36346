"""The calls about notes."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.api.filters.any_of import any_of_schema
from mock_custify.api.filters.model import AnyOf
from mock_custify.api.paging import SortOrderQuery, asked_filters, json_parameter
from mock_custify.resources.notes import rules
from mock_custify.resources.notes.model import Note, NotePost
from mock_custify.workspace import Workspace

notes = Blueprint("notes", __name__)

EXAMPLE = {"entity": "6560a1b2c3d4e5f60718293a", "entityModel": "Company", "text": "<b>Called</b>"}


class NoteQuery(SortOrderQuery, kw_only=True, rename="camel"):
    """The page, the filters and the order of a list of notes."""

    filters: Annotated[
        str,
        json_parameter(
            any_of_schema(rules.READERS),
            "A JSON array of filters. A record must match each field, by any of its values.",
        ),
    ] = ""
    search_term: str = ""


class NotesPage(Struct, kw_only=True):
    """One page of notes, and the number of all notes."""

    notes: list[Note]
    total: int


@notes.post("/note")
@call(statuses=(400,), example=EXAMPLE)
def write_note(workspace: Workspace, body: NotePost) -> Note:
    """Write a note on a company or a person."""
    return rules.write_note(workspace, body)


@notes.post("/note/<record>")
@call(statuses=(400,), example=EXAMPLE)
def update_note(workspace: Workspace, record: str, body: NotePost) -> Note:
    """Update a note by its internal id."""
    return rules.update_note(workspace, record, body)


@notes.get("/note")
@call(statuses=(400,))
def list_notes(workspace: Workspace, query: NoteQuery) -> NotesPage:
    """List notes, newest first."""
    return page_of(workspace, None, query)


@notes.get("/note/<record>")
@call(statuses=(400,))
def list_notes_of(workspace: Workspace, record: str, query: NoteQuery) -> NotesPage:
    """List the notes of a company or a person, sticky ones first; an unknown record has none."""
    return page_of(workspace, record, query)


def page_of(workspace: Workspace, entity: str | None, query: NoteQuery) -> NotesPage:
    """Return the asked page of notes."""
    filters = asked_filters(query.filters, AnyOf)
    found = rules.find_notes(workspace, entity, filters, query.asked_sorting(), query.search_term)
    return NotesPage(notes=query.cut(found), total=len(found))
