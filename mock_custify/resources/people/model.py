"""A person: what a client may write, what the workspace keeps, and what an answer shows."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from msgspec import UNSET, Struct, UnsetType, field, structs

from mock_custify.values import (
    Attribute,
    AttributeChanges,
    DateField,
    DateText,
    Flag,
    FlagField,
    Nothing,
    NumberField,
    ObjectId,
    Text,
    TextField,
    as_text,
    changes_of,
    kinds_of,
    merged_attributes,
    named_by,
    present,
    written,
)
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class CompanyLink(Struct, kw_only=True):
    """A company to associate with a person, or with `remove` to dissociate from it."""

    company_id: Text | UnsetType | None = UNSET
    id: ObjectId | UnsetType | None = UNSET
    remove: Flag | UnsetType | None = UNSET


NamedLink: TypeAlias = Annotated[CompanyLink, named_by("company_id", "id")]


class PersonUpsert(Struct, kw_only=True):
    """The body of POST /people. A field left out keeps its value, null empties it."""

    id: ObjectId | UnsetType | None = UNSET
    user_id: Text | UnsetType | None = UNSET
    email: Text | UnsetType | None = UNSET
    name: TextField = UNSET
    first_name: TextField = UNSET
    last_name: TextField = UNSET
    title: TextField = UNSET
    role: TextField = UNSET
    phone: TextField = UNSET
    session_count: NumberField = UNSET
    signed_up_at: DateField = UNSET
    unsubscribed_from_emails: FlagField = UNSET
    unsubscribed_from_calls: FlagField = UNSET
    companies: list[NamedLink] | UnsetType | None = UNSET
    custom_attributes: AttributeChanges | Nothing | UnsetType | None = UNSET


class Person(Struct, frozen=True, kw_only=True, gc=False):
    """A person as the workspace keeps it; the companies stand in the workspace's associations."""

    id: str
    created_at: str
    updated_at: str
    user_id: str | None = None
    email: str | None = None
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    role: str | None = None
    phone: str | None = None
    session_count: int | float | None = None
    signed_up_at: str | None = None
    unsubscribed_from_emails: bool | None = None
    unsubscribed_from_calls: bool | None = None
    tags: tuple[str, ...] = ()
    custom_attributes: dict[str, Attribute] = field(default_factory=dict)

    def merged(self, request: PersonUpsert, now: str) -> Person:
        """Return the person with the fields of `request` written over it; raise InvalidRequestError."""
        changes = written(request, FIELDS) | identity_of(request)
        attributes = merged_attributes(self.custom_attributes, changes_of(request.custom_attributes))
        return structs.replace(self, **changes, custom_attributes=attributes, updated_at=now)


class PersonAnswer(Person, kw_only=True, frozen=True):
    """A person as an answer shows it; `companies` are internal company ids."""

    _id: str
    customer_id: str
    first_seen_at: DateText | None
    last_seen_at: DateText | None
    companies: tuple[str, ...]
    companyNames: list[str]
    tagNames: list[str]


def identity_of(request: PersonUpsert) -> dict[str, str]:
    """Return the identifiers that `request` gives, in the order in which they name somebody."""
    return {name: as_text(value) for name in IDENTIFIERS if present(value := getattr(request, name))}


IDENTIFIERS: Final = ("user_id", "email")
FIELDS: Final = kinds_of(PersonUpsert)


class PersonState(PersonUpsert, kw_only=True):
    """A person in a state; `companies` are internal ids or the links of an upsert."""

    companies: list[ObjectId | CompanyLink] | UnsetType | None = UNSET  # type: ignore[assignment]
    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


PEOPLE: Final = Section("people", PersonState, lambda: Collection[Person]("user_id", "email"))
