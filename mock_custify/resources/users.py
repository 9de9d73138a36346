"""Users: colleagues with a login at Custify, who own companies and are assigned to work.

No call reads or writes them; PUT /_mock/state seeds them. Source: vendor's API description, section "Words".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint
from msgspec import Struct, field

from mock_custify.resources.adding import place
from mock_custify.values import Attribute, DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

if TYPE_CHECKING:
    from mock_custify.workspace.workspace import Workspace

users = Blueprint("users", __name__)


class User(Struct, frozen=True, kw_only=True):
    """A stored user."""

    id: str = ""
    _id: str = ""
    email: str
    name: str | None = None
    custom_attributes: dict[str, Attribute] = field(default_factory=dict)
    created_at: DateText = ""
    updated_at: DateText = ""


USERS: Final = Section("users", User, lambda: Collection[User]("email"))


@USERS.adds
def add_user(workspace: Workspace, user: User) -> User:
    """Store a user of a state."""
    return place(workspace, USERS, user)


def find_user(workspace: Workspace, reference: str | None) -> User | None:
    """Return the user that a reference means, an internal id or an email, or None."""
    if not reference:
        return None
    known = workspace.records[USERS]
    return known.get(reference) or known.find("email", reference)
