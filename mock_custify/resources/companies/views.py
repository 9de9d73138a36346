"""The calls about companies."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from flask import Blueprint
from msgspec import Meta, Struct

from mock_custify.api import call
from mock_custify.api.paging import ListQuery
from mock_custify.errors import NotFoundError
from mock_custify.resources.companies import rules, usage
from mock_custify.resources.companies.answers import company_answer, company_answers
from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.model import COMPANIES, Company, CompanyAnswer, CompanyUpsert
from mock_custify.resources.companies.usage_model import Usage, UsageType
from mock_custify.resources.fields import AttributeField
from mock_custify.resources.listing import page_of_all
from mock_custify.resources.people.views import Deleted, plus
from mock_custify.resources.tasks.model import DueDate
from mock_custify.values import named_by
from mock_custify.workspace import Workspace

companies = Blueprint("companies", __name__)


NamedCompany: TypeAlias = Annotated[CompanyUpsert, named_by("id", "company_id")]


class CompanyQuery(Struct, kw_only=True):
    """Which company: by its company_id."""

    company_id: Annotated[str, Meta(min_length=1)]


class CompaniesPage(Struct, kw_only=True):
    """One page of companies and how many there are in all."""

    companies: list[CompanyAnswer]
    total: int


class UsageQuery(Struct, kw_only=True, rename="camel"):
    """Which events, on which days; both ends are included and open when left out."""

    type: UsageType = "eventFrequency"
    start_date: DueDate | None = None
    end_date: DueDate | None = None
    event_name: str | None = None


@companies.post("/company")
@call(
    statuses=(400, 404),
    example={"company_id": "g1", "name": "Acme", "plan": "pro", "custom_attributes": {"seats": 5}},
)
def upsert_company(workspace: Workspace, body: NamedCompany) -> CompanyAnswer:
    """Create or update a company."""
    return company_answer(workspace, rules.upsert_company(workspace, body))


@companies.get("/company/all")
@call(statuses=(400,))
def list_companies(workspace: Workspace, query: ListQuery) -> CompaniesPage:
    """List companies, oldest first, one page at a time."""
    asked = query.asked_filters(), query.asked_sorting(), query.span()
    found, total = page_of_all(workspace, COMPANY_FIELDS, *asked)
    return page_of(workspace, found, total)


@companies.get("/company/attributes")
@call()
def list_attributes(workspace: Workspace) -> list[AttributeField]:
    """List the fields of companies, the custom ones seen so far included."""
    return COMPANY_FIELDS.listed(workspace)


@companies.get("/company/usage/<company>")
@call(statuses=(400, 404))
def get_usage(workspace: Workspace, company: str, query: UsageQuery) -> Usage:
    """Count the events of a company by its internal id, by name and by day."""
    dates = usage.read_dates(query.start_date, query.end_date)
    known = rules.get_company(workspace, company)
    return usage.usage_of(workspace, known, query.type, query.event_name, dates)


@companies.get("/company")
@call(statuses=(400,))
def find_companies(workspace: Workspace, query: CompanyQuery) -> CompaniesPage:
    """Find the company with a company_id."""
    company = named_company(workspace, query)
    return page_of(workspace, [company] if company else [])


@companies.get("/company/<company>")
@call()
def get_company(workspace: Workspace, company: str) -> CompaniesPage:
    """Read a company by internal id; an unknown id gives an empty list."""
    found = workspace.records[COMPANIES].get(company)
    return page_of(workspace, [found] if found else [])


@companies.delete("/company/<company>")
@call(statuses=(404,))
def delete_company(workspace: Workspace, company: str) -> Deleted:
    """Delete a company by internal id."""
    rules.delete_company(workspace, rules.get_company(workspace, company))
    return Deleted(1)


@companies.delete("/company")
@call(statuses=(400, 404))
def delete_named_company(workspace: Workspace, query: CompanyQuery) -> Deleted:
    """Delete the company with a company_id."""
    company = named_company(workspace, query)
    if company is None:
        raise NotFoundError(f"there is no company with the company_id {query.company_id!r}")
    rules.delete_company(workspace, company)
    return Deleted(1)


def named_company(workspace: Workspace, query: CompanyQuery) -> Company | None:
    """Return the company that the query names, or None; a blank may have been a plus, as for people."""
    found = rules.find_company(workspace, query.company_id)
    return found or rules.find_company(workspace, plus(query.company_id) or "")


def page_of(workspace: Workspace, found: list[Company], total: int | None = None) -> CompaniesPage:
    """Return a page of companies; `total` counts all matches, those of the page when it is not given."""
    shown = company_answers(workspace, found)
    return CompaniesPage(companies=shown, total=len(found) if total is None else total)
