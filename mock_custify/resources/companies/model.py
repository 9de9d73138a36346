"""A company: what a client may write, what the workspace keeps, and what an answer shows."""

from __future__ import annotations

from typing import Any, Final

from msgspec import UNSET, Struct, UnsetType, field, structs

from mock_custify.resources.health_scores.model import CompanyScore
from mock_custify.values import (
    Attribute,
    AttributeChanges,
    DateText,
    Flag,
    Moment,
    Nothing,
    Number,
    ObjectId,
    Text,
    as_flag,
    as_moment,
    as_number,
    as_text,
    changes_of,
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
    name: Text | UnsetType | None = UNSET
    website: Text | UnsetType | None = UNSET
    domain: Text | UnsetType | None = UNSET
    industry: Text | UnsetType | None = UNSET
    size: Number | UnsetType | None = UNSET
    plan: Text | UnsetType | None = UNSET
    status: Text | UnsetType | None = UNSET
    monthly_revenue: Number | UnsetType | None = UNSET
    churned: Flag | UnsetType | None = UNSET
    signed_up_at: Moment | UnsetType | None = UNSET
    owners_csm: Text | UnsetType | None = UNSET
    owners_account: Text | UnsetType | None = UNSET
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
        changes = written(request, READERS)
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


class CompanyAnswer(Struct, kw_only=True):
    """A company as an answer shows it."""

    id: str
    _id: str
    company_id: str
    name: str | None
    website: str | None
    domain: str | None
    industry: str | None
    size: int | float | None
    plan: str | None
    status: str | None
    monthly_revenue: int | float | None
    mrr: int | float | None
    churned: bool | None
    signed_up_at: DateText | None
    last_seen_at: DateText | None
    last_request_at: DateText | None
    owners_csm: str | None
    owners_csm_email: str | None
    owners_csm_name: str | None
    owners_account: str | None
    parent_companies: tuple[ParentCompany, ...]
    tags: tuple[str, ...]
    buckets: list[str]
    metrics: CompanyMetrics
    custom_attributes: dict[str, Attribute]
    created_at: DateText
    updated_at: DateText


READERS: Final[dict[str, Any]] = {
    "name": as_text,
    "website": as_text,
    "domain": as_text,
    "industry": as_text,
    "size": as_number,
    "plan": as_text,
    "status": as_text,
    "monthly_revenue": as_number,
    "churned": as_flag,
    "signed_up_at": as_moment,
    "owners_csm": as_text,
    "owners_account": as_text,
}


class CompanyState(CompanyUpsert, kw_only=True):
    """A company in a state."""

    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


COMPANIES: Final = Section("companies", CompanyState, lambda: Collection[Company]("company_id"))
