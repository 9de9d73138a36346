"""The calls about companies."""

from __future__ import annotations

from msgspec import Struct

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.models import Company, CompanyAnswer, CompanyUpsert
from mock_custify.store import Workspace
from mock_custify.store import companies as rules
from mock_custify.views.gate import gate
from mock_custify.views.pages import PageQuery
from mock_custify.views.people import Deleted, plus
from mock_custify.web import Endpoints

endpoints = Endpoints("Companies", around=gate)


class CompanyQuery(Struct, kw_only=True):
    """Which company: by its company_id."""

    company_id: str | None = None


class CompaniesPage(Struct, kw_only=True):
    """One page of companies and how many there are in all."""

    companies: list[CompanyAnswer]
    total: int


@endpoints.post("/company", body=CompanyUpsert, answer=CompanyAnswer, statuses=(400, 404, 413))
def upsert_company(workspace: Workspace, body: CompanyUpsert) -> CompanyAnswer:
    """Create or update a company."""
    return rules.company_answer(workspace, rules.upsert_company(workspace, body))


@endpoints.get("/company/all", query=PageQuery, answer=CompaniesPage, statuses=(400,))
def list_companies(workspace: Workspace, query: PageQuery) -> CompaniesPage:
    """List companies, oldest first, one page at a time."""
    found = workspace.records.companies.page(*query.span())
    return page_of(workspace, found, len(workspace.records.companies))


@endpoints.get("/company", query=CompanyQuery, answer=CompaniesPage, statuses=(400,))
def find_companies(workspace: Workspace, query: CompanyQuery) -> CompaniesPage:
    """Find the company with a company_id."""
    company = named_company(workspace, query)
    return page_of(workspace, [company] if company else [])


@endpoints.get("/company/{company}", answer=CompaniesPage)
def get_company(workspace: Workspace, company: str) -> CompaniesPage:
    """Read a company by internal id; an unknown id gives an empty list."""
    found = workspace.records.companies.get(company)
    return page_of(workspace, [found] if found else [])


@endpoints.delete("/company/{company}", answer=Deleted, statuses=(404,))
def delete_company(workspace: Workspace, company: str) -> Deleted:
    """Delete a company by internal id."""
    rules.delete_company(workspace, rules.get_company(workspace, company))
    return Deleted(1)


@endpoints.delete("/company", query=CompanyQuery, answer=Deleted, statuses=(400, 404))
def delete_named_company(workspace: Workspace, query: CompanyQuery) -> Deleted:
    """Delete the company with a company_id."""
    company = named_company(workspace, query)
    if company is None:
        raise NotFoundError("there is no such company")
    rules.delete_company(workspace, company)
    return Deleted(1)


def named_company(workspace: Workspace, query: CompanyQuery) -> Company | None:
    """Return the company that the query names, or None; raise InvalidRequestError when it names none."""
    if not query.company_id:
        raise InvalidRequestError("company_id is required in the query")
    found = rules.find_company(workspace, query.company_id)
    return found or rules.find_company(workspace, plus(query.company_id) or "")


def page_of(workspace: Workspace, found: list[Company], total: int | None = None) -> CompaniesPage:
    """Return a page of companies; `total` counts all matches, those of the page when it is not given."""
    shown = [rules.company_answer(workspace, company) for company in found]
    return CompaniesPage(companies=shown, total=len(found) if total is None else total)
