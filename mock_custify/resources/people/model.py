"""A person: what a client may write, what the workspace keeps, and what an answer shows."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from msgspec import UNSET, Struct, UnsetType, field, structs

from mock_custify.api.lists import moment_key
from mock_custify.kinds import (
    DateField,
    FlagField,
    IdentifierField,
    TextField,
    WholeNumberField,
    kinds_of,
    read_identifier,
    read_named,
    written,
)
from mock_custify.resources.companies.model import CompanyLink, NamedLink
from mock_custify.values import (
    Attribute,
    AttributeChanges,
    DateText,
    Nothing,
    ObjectId,
    changes_of,
    merged_attributes,
    without,
)
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

UnsetNames: TypeAlias = list[str] | UnsetType | None


class PersonUpsert(Struct, kw_only=True):
    """The body of POST /people. A missing field keeps its value; null empties a field.

    `$unset` lists fixed fields and `custom_attributes.<name>` to empty; other names are ignored.
    Source: the vendor's description of its API, section 7.
    """

    id: ObjectId | UnsetType | None = UNSET
    user_id: IdentifierField = UNSET
    email: IdentifierField = UNSET
    name: TextField = UNSET
    first_name: TextField = UNSET
    last_name: TextField = UNSET
    title: TextField = UNSET
    role: TextField = UNSET
    phone: TextField = UNSET
    session_count: WholeNumberField = UNSET
    signed_up_at: DateField = UNSET
    unsubscribed_from_emails: FlagField = UNSET
    unsubscribed_from_calls: FlagField = UNSET
    companies: list[NamedLink] | UnsetType | None = UNSET
    custom_attributes: AttributeChanges | Nothing | UnsetType | None = UNSET
    unset: UnsetNames = field(default=UNSET, name="$unset")


class Person(Struct, frozen=True, kw_only=True, gc=False):
    """A person as the workspace keeps it; the companies are in the workspace's associations."""

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
    unsubscribed_from_emails: bool = False
    unsubscribed_from_calls: bool = False
    tags: tuple[str, ...] = ()
    custom_attributes: dict[str, Attribute] = field(default_factory=dict)

    def merged(self, request: PersonUpsert, identity: dict[str, str], now: str) -> Person:
        """Return the person with the fields of `request` and its `identity` written over it.

        Raises InvalidRequestError.
        """
        changes = {**written(request, FIELDS), **identity}
        attributes = merged_attributes(self.custom_attributes, changes_of(request.custom_attributes))
        if request.unset:
            attributes = without(request.unset, UNSETTABLE, changes, request, attributes)
        for name in FLAGS:
            if name in changes and changes[name] is None:
                changes[name] = False
        return structs.replace(self, **changes, custom_attributes=attributes, updated_at=now)


class PersonAnswer(Person, kw_only=True, frozen=True):
    """A person in an answer; `companies` are internal ids. `segments` are included on request."""

    _id: str = ""
    customer_id: str = ""
    first_seen_at: DateText | None = None
    last_seen_at: DateText | None = None
    companies: tuple[str, ...] = ()
    companyNames: list[str] = field(default_factory=list)
    tagNames: list[str] = field(default_factory=list)
    segments: list[Any] | UnsetType = UNSET


def identity_of(request: PersonUpsert) -> dict[str, str]:
    """Return the identifiers that `request` gives; raise InvalidRequestError for one that is no text."""
    found = {}
    for name in IDENTIFIERS:
        value = getattr(request, name)
        if value is not UNSET and (known := read_named(name, read_identifier, value)) is not None:
            found[name] = known
    return found


class PersonState(PersonUpsert, kw_only=True):
    """A person in a state; `companies` are internal ids or the links of an upsert."""

    companies: list[ObjectId | CompanyLink] | UnsetType | None = UNSET  # type: ignore[assignment]
    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


IDENTIFIERS: Final = ("user_id", "email")
FLAGS: Final = ("unsubscribed_from_emails", "unsubscribed_from_calls")
FIELDS: Final = kinds_of(PersonUpsert)
UNSETTABLE: Final = frozenset({"name", "phone", "signed_up_at", "session_count", *FLAGS})


def people_collection() -> Collection[Person]:
    """Return an empty collection: people are found by user_id, by email, and by email without a user_id.

    Lists show the latest sign-up first; those without one come last, the oldest record first.
    """
    shared: dict[str, Any] = {
        "email": lambda person: person.email,
        "email_alone": lambda person: person.email if person.user_id is None else None,
    }
    return Collection("user_id", shared=shared, order=lambda person: -moment_key(person.signed_up_at))


PEOPLE: Final = Section("people", PersonState, people_collection)
