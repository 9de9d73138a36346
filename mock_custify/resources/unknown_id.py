"""The text about an id that no record has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

# What a record of a section is called, and the field with your own id.
WORDS: Final = {"companies": ("company", "company_id"), "people": ("person", "user_id")}


def unknown_id(workspace: Workspace, section: Section[Any], given: Any, name: str = "id") -> str:
    """Return that no record of a section has the value `given` in the field `name`.

    If it should be an internal id and is a company_id or a user_id, the text says which internal id to use.
    """
    what, own_id = WORDS.get(section.name, (section.name.removesuffix("s"), ""))
    held = workspace.records[section].find(own_id, str(given)) if own_id and name == "id" else None
    hint = f": this is a {own_id}, use the internal id {held.id!r}" if held else ""
    return f"there is no {what} with the {name} {given!r}{hint}"


def no_person(user_id: str | None, email: str | None) -> str:
    """Return that no person has the user_id or the email that a call names."""
    given = (("user_id", user_id), ("email", email))
    return f"there is no person with {' or '.join(f'the {name} {value!r}' for name, value in given if value)}"
