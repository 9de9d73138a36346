"""The calls about people; `/customer` is their older name."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from flask import Blueprint
from msgspec import Struct

from mock_custify.api import call
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.fields import AttributeField
from mock_custify.resources.listing import page_of_all
from mock_custify.resources.people import rules
from mock_custify.resources.people.fields import PERSON_FIELDS
from mock_custify.resources.people.model import Person, PersonAnswer, PersonUpsert
from mock_custify.resources.shape import ShapedListQuery, ShapeQuery, shaped
from mock_custify.resources.unknown_id import no_person
from mock_custify.values import named_by
from mock_custify.workspace import Workspace

people = Blueprint("people", __name__)


NamedPerson: TypeAlias = Annotated[PersonUpsert, named_by("id", "user_id", "email")]


EXAMPLE: Final = {
    "user_id": "u1",
    "email": "ann@example.com",
    "companies": [{"company_id": "g1"}],
    "custom_attributes": {"seat": "admin"},
}


class PersonQuery(Struct, kw_only=True):
    """Which person: by user_id, else by email."""

    user_id: str | None = None
    email: str | None = None


class PersonShapeQuery(ShapeQuery, kw_only=True):
    """Which person, by user_id, else by email, and which fields."""

    user_id: str | None = None
    email: str | None = None


class PeoplePage(Struct, kw_only=True):
    """One page of people, and the number of all people."""

    people: list[PersonAnswer]
    total: int


class Deleted(Struct):
    """The number of deleted records."""

    deleted: int


@people.post("/people")
@call(statuses=(400, 404), example=EXAMPLE)
def upsert_person(workspace: Workspace, body: NamedPerson) -> PersonAnswer:
    """Create or update a person."""
    return rules.person_answer(workspace, rules.upsert_person(workspace, body))


@people.post("/customer")
@call(statuses=(400, 404), example=EXAMPLE)
def upsert_customer(workspace: Workspace, body: NamedPerson) -> PersonAnswer:
    """Create or update a person, on the older path."""
    return rules.person_answer(workspace, rules.upsert_person(workspace, body))


@people.get("/people/all")
@call(statuses=(400,))
def list_people(workspace: Workspace, query: ShapedListQuery) -> list[PeoplePage]:
    """List people, the latest sign-up first, one page at a time."""
    asked = query.asked_filters(), query.asked_sorting(), query.span()
    found, total = page_of_all(workspace, PERSON_FIELDS, *asked)
    return [PeoplePage(people=shown(workspace, found, query), total=total)]


@people.get("/people")
@call(statuses=(404,))
def find_people(workspace: Workspace, query: PersonShapeQuery) -> list[PeoplePage]:
    """Find the person with a user_id or an email; if several share the email, the one created first."""
    if not (query.user_id or query.email):
        raise NotFoundError("user_id or email is required in the query")
    person = named_person(workspace, query)
    return [PeoplePage(people=shown(workspace, [person], query), total=1)]


@people.get("/people/<person_id>")
@call(statuses=(404,))
def get_person(workspace: Workspace, person_id: str, query: ShapeQuery) -> PersonAnswer:
    """Read a person by internal id."""
    answer: PersonAnswer = shown(workspace, [rules.get_person(workspace, person_id)], query)[0]
    return answer


@people.get("/customer/attributes")
@call()
def list_attributes(workspace: Workspace) -> list[AttributeField]:
    """List the fields of people, including the custom ones seen so far."""
    return PERSON_FIELDS.listed(workspace)


@people.get("/customer/<person_id>")
@call(statuses=(404,))
def get_customer(workspace: Workspace, person_id: str) -> PersonAnswer:
    """Read a person by internal id, on the older path."""
    return rules.person_answer(workspace, rules.get_person(workspace, person_id))


@people.delete("/people/<person_id>")
@call(statuses=(404,))
def delete_person(workspace: Workspace, person_id: str) -> Deleted:
    """Delete a person by internal id."""
    rules.delete_person(workspace, rules.get_person(workspace, person_id))
    return Deleted(1)


@people.delete("/people")
@call(statuses=(400, 404))
def delete_named_person(workspace: Workspace, query: PersonQuery) -> Deleted:
    """Delete the person with a user_id or an email."""
    if not (query.user_id or query.email):
        raise InvalidRequestError("user_id or email is required in the query")
    rules.delete_person(workspace, named_person(workspace, query))
    return Deleted(1)


def named_person(workspace: Workspace, query: PersonQuery | PersonShapeQuery) -> Person:
    """Return the person that the query names; raise NotFoundError.

    A client that does not encode its query turns the + of an email into a blank: both are tried.
    """
    found = rules.find_person(workspace, query.user_id, query.email) or rules.find_person(
        workspace, plus(query.user_id), plus(query.email)
    )
    if found is None:
        raise NotFoundError(no_person(query.user_id, query.email))
    return found


def shown(workspace: Workspace, found: list[Person], query: ShapeQuery | ShapedListQuery) -> list[Any]:
    """Return people as a query wants them shown."""
    return shaped(
        workspace,
        PERSON_FIELDS,
        found,
        lambda records: [rules.person_answer(workspace, one) for one in records],
        query,
    )


def plus(text: str | None) -> str | None:
    """Return `text` with its blanks read as the plus signs that an unencoded query loses."""
    return text.replace(" ", "+") if text else text
