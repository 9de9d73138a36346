"""The fields of a body, checked against the stored records: users, tags, files, companies, people and dates.

An unknown id in a body is refused with 400; the vendor lists 404 for none of these calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import UNSET, Struct

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.files.model import FILES
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.tags.model import TAGS
from mock_custify.resources.unknown_id import unknown_id
from mock_custify.resources.users import find_user
from mock_custify.values import find_date
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from mock_custify.workspace.section import Section

Check: TypeAlias = Callable[[Workspace, str, Any], Any]


def checked(workspace: Workspace, body: Struct, checks: Mapping[str, Check]) -> dict[str, Any]:
    """Return the fields that a body sends, those in `checks` as a record keeps them.

    A check takes the workspace, the name of the field and its value; null needs none.
    Raises InvalidRequestError that names the field.
    """
    names = body.__struct_fields__
    sent = {name: value for name in names if (value := getattr(body, name)) is not UNSET}
    return {
        name: checks[name](workspace, name, value) if name in checks and value is not None else value
        for name, value in sent.items()
    }


def user(workspace: Workspace, name: str, reference: str) -> str:
    """Return the internal id of the user with an internal id or an email."""
    known = find_user(workspace, reference)
    if known is None:
        raise InvalidRequestError(f"{name}: there is no user with the id or email {reference!r}")
    return known.id


def users(workspace: Workspace, name: str, references: list[str]) -> tuple[str, ...]:
    """Return the internal ids of users, each once."""
    return tuple(dict.fromkeys(user(workspace, name, one) for one in references))


def on_record(section: Section[Any]) -> Check:
    """Return the check that a section holds the record of an internal id."""

    def check(workspace: Workspace, name: str, record_id: str) -> str:
        if workspace.records[section].get(record_id) is None:
            raise InvalidRequestError(f"{name}: {unknown_id(workspace, section, record_id)}")
        return record_id

    return check


company = on_record(COMPANIES)
person = on_record(PEOPLE)
file = on_record(FILES)
tag = on_record(TAGS)


def files(workspace: Workspace, name: str, ids: list[str]) -> tuple[str, ...]:
    """Return the internal ids of files, each once."""
    return tuple(dict.fromkeys(file(workspace, name, one) for one in ids))


def tags_of(category: str) -> Check:
    """Return the check that a list holds internal ids of tags of a category."""

    def check(workspace: Workspace, name: str, ids: list[str]) -> tuple[str, ...]:
        for tag_id in ids:
            known = workspace.records[TAGS].by_id[tag(workspace, name, tag_id)]
            if known.category not in {category, None}:
                raise InvalidRequestError(
                    f"{name}: the tag {tag_id!r} has the category {known.category}, not {category}"
                )
        return tuple(dict.fromkeys(ids))

    return check


def date(_workspace: Workspace, name: str, text: str) -> str:
    """Return a date as it was sent."""
    return date_text(name, text)


def date_text(name: str, text: str) -> str:
    """Return a date of a body or a query as it was sent; raise InvalidRequestError that names the field."""
    if find_date(text) is None:
        raise InvalidRequestError(f"{name}: {text!r} is not a date: send one such as 2026-01-31")
    return text
