"""A company: what a client may write, what the workspace keeps, and what an answer shows."""

from __future__ import annotations

from typing import Final

from msgspec import UNSET, Struct, UnsetType, field, structs

from mock_custify.resources.health_scores.model import CompanyScore
from mock_custify.values import (
    Attribute,
    AttributeChanges,
    DateField,
    DateText,
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
    present,
    written,
)
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class ParentCompany(Struct, kw_only=True, frozen=True):
    """A company above another one, named by its internal id."""

    id: ObjectId


class CompanyUpsert(Struct, kw_only=True):
    """The body of POST /company. A field left out keeps its value, null empties it."""

    id: ObjectId | UnsetType | None = UNSET
    company_id: Text | UnsetType | None = UNSET
    name: TextField = UNSET
    website: TextField = UNSET
    domain: TextField = UNSET
    industry: TextField = UNSET
    size: NumberField = UNSET
    plan: TextField = UNSET
    status: TextField = UNSET
    monthly_revenue: NumberField = UNSET
    churned: FlagField = UNSET
    signed_up_at: DateField = UNSET
    owners_csm: TextField = UNSET
    owners_account: TextField = UNSET
    parent_companies: list[ParentCompany] | UnsetType | None = UNSET
    custom_attributes: AttributeChanges | Nothing | UnsetType | None = UNSET


class Company(Struct, frozen=True, kw_only=True, gc=False):
    """A company as the workspace keeps it; its people stand in the workspace's associations."""

    id: str
    company_id: str
    created_at: str
    updated_at: str
    name: str | None = None
    website: str | None = None
    domain: str | None = None
    industry: str | None = None
    size: int | float | None = None
    plan: str | None = None
    status: str | None = None
    monthly_revenue: int | float | None = None
    churned: bool | None = None
    signed_up_at: str | None = None
    owners_csm: str | None = None
    owners_account: str | None = None
    parent_companies: tuple[ParentCompany, ...] = ()
    tags: tuple[str, ...] = ()
    custom_attributes: dict[str, Attribute] = field(default_factory=dict)

    def merged(self, request: CompanyUpsert, now: str) -> Company:
        """Return the company with the fields of `request` written over it; raise InvalidRequestError."""
        changes = written(request, FIELDS)
        if present(request.company_id):
            changes["company_id"] = as_text(request.company_id)  # type: ignore[arg-type]
        if request.parent_companies is not UNSET:
            changes["parent_companies"] = tuple(request.parent_companies or ())
        attributes = merged_attributes(self.custom_attributes, changes_of(request.custom_attributes))
        return structs.replace(self, **changes, custom_attributes=attributes, updated_at=now)


class CompanyMetrics(Struct, kw_only=True):
    """What is computed about a company: the newest value of each health score, and how many people it has."""

    health_scores: dict[str, CompanyScore]
    people_count: int


class CompanyAnswer(Company, kw_only=True, frozen=True):
    """A company as an answer shows it."""

    _id: str
    mrr: int | float | None
    last_seen_at: DateText | None
    last_request_at: DateText | None
    owners_csm_email: str | None
    owners_csm_name: str | None
    buckets: list[str]
    metrics: CompanyMetrics


FIELDS: Final = kinds_of(CompanyUpsert)


class CompanyState(CompanyUpsert, kw_only=True):
    """A company in a state."""

    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


COMPANIES: Final = Section("companies", CompanyState, lambda: Collection[Company]("company_id"))
