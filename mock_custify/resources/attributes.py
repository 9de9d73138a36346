"""The fields of companies and people: how they are listed, and how filters and sorting read them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from mock_custify.resources.attribute_field import AttributeField
from mock_custify.resources.companies.rules import computed_of_company, health_scores_of
from mock_custify.resources.health_scores.model import HEALTH_SCORES
from mock_custify.resources.people.rules import computed_of_person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_custify.api.lists import Reader
    from mock_custify.resources.attribute_field import FieldType
    from mock_custify.workspace.custom_fields import EntityKind
    from mock_custify.workspace.workspace import Workspace

    Table = Mapping[str, FieldType]

CUSTOM: Final = "custom_attributes."
SCORES: Final = "metrics.health_scores."
# Source: Custify API, fields of a person and of a company; the types of a few of them are our decision.
PERSON_FIELDS: Final[Table] = {
    "user_id": "String",
    "email": "String",
    "name": "String",
    "first_name": "String",
    "last_name": "String",
    "title": "String",
    "role": "String",
    "phone": "String",
    "session_count": "Number",
    "signed_up_at": "Date",
    "unsubscribed_from_emails": "Boolean",
    "unsubscribed_from_calls": "Boolean",
    "first_seen_at": "Date",
    "last_seen_at": "Date",
    "companies": "Company",
    "companyNames": "Dropdown",
    "buckets": "Segment",
    "tags": "Tag",
    "created_at": "Date",
    "updated_at": "Date",
}
COMPANY_FIELDS: Final[Table] = {
    "company_id": "String",
    "name": "String",
    "website": "String",
    "domain": "String",
    "industry": "String",
    "size": "Number",
    "plan": "String",
    "status": "String",
    "monthly_revenue": "Currency",
    "mrr": "Currency",
    "churned": "Boolean",
    "signed_up_at": "Date",
    "last_seen_at": "Date",
    "last_request_at": "Date",
    "owners_csm": "User",
    "owners_account": "User",
    "buckets": "Segment",
    "tags": "Tag",
    "metrics.people_count": "Number",
    "created_at": "Date",
    "updated_at": "Date",
}
FIELDS: Final[Mapping[EntityKind, Table]] = {"people": PERSON_FIELDS, "companies": COMPANY_FIELDS}


def attribute_fields(workspace: Workspace, kind: EntityKind) -> list[AttributeField]:
    """Return the standard fields of a kind of record, its health scores and the custom fields seen so far."""
    standard = [AttributeField(name, nice_name(name), typed) for name, typed in FIELDS[kind].items()]
    scores = [
        AttributeField(f"{SCORES}{score.id}", score.name, "Number")
        for score in workspace.records[HEALTH_SCORES]
    ]
    custom = [
        AttributeField(f"{CUSTOM}{name}", nice_name(name), typed)
        for name, typed in workspace.records.fields.types[kind].items()
    ]
    return standard + (scores if kind == "companies" else []) + custom


def nice_name(name: str) -> str:
    """Return a field's name as people read it: "signed_up_at" is "Signed Up At"."""
    return name.rpartition(".")[2].replace("_", " ").title()


def reader(workspace: Workspace, kind: EntityKind, name: str) -> Reader:
    """Return the function that reads the field `name` of a record of `kind`.

    A name that is no field is read as a custom attribute; one that nobody has is null everywhere.
    """
    if name.startswith(CUSTOM):
        return custom_reader(name.removeprefix(CUSTOM))
    if kind == "companies" and name.startswith(SCORES):
        return score_reader(workspace, *name.removeprefix(SCORES).partition("."))
    computed = COMPUTED[kind].get(name)
    if computed is not None:
        return lambda record: computed(workspace, record)
    stored = STORED.get(name, name)
    return attrgetter(stored) if stored in FIELDS[kind] or stored == "id" else custom_reader(name)


def custom_reader(name: str) -> Reader:
    """Return the function that reads a custom attribute."""
    return lambda record: record.custom_attributes.get(name)


def score_reader(workspace: Workspace, score_id: str, _dot: str, part: str) -> Reader:
    """Return the function that reads the newest value of a health score, or the named part of it."""
    named = part if part and part != "value" else "score"

    def read(company: Any) -> Any:
        score = health_scores_of(workspace, company).get(score_id)
        return getattr(score, named, None)

    return read


STORED: Final = {"_id": "id", "customer_id": "id", "mrr": "monthly_revenue", "owners_csm_email": "owners_csm"}
COMPUTED: Final[Mapping[EntityKind, Mapping[str, Callable[[Workspace, Any], Any]]]] = {
    "people": computed_of_person,
    "companies": computed_of_company,
}
