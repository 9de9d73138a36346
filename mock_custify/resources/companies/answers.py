"""A company as an answer shows it, with everything that the workspace computes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_custify.resources.companies.model import COMPANIES, CompanyAnswer, CompanyMetrics
from mock_custify.resources.companies.rules import health_scores_of, last_request, last_seen, people_count
from mock_custify.resources.segments.rules import buckets_reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.resources.companies.model import Company
    from mock_custify.workspace.workspace import Workspace


def company_answer(workspace: Workspace, company: Company) -> CompanyAnswer:
    """Return the company as an answer shows it."""
    return company_answers(workspace, [company])[0]


def company_answers(workspace: Workspace, companies: Iterable[Company]) -> list[CompanyAnswer]:
    """Return companies as an answer shows them; the segments are made ready once for all of them."""
    buckets = buckets_reader(workspace, "companies")
    return [answer(workspace, company, buckets(company)) for company in companies]


def answer(workspace: Workspace, company: Company, buckets: list[str]) -> CompanyAnswer:
    """Return the company in the segments `buckets` as an answer shows it."""
    return CompanyAnswer(
        id=company.id,
        _id=company.id,
        company_id=company.company_id,
        name=company.name,
        website=company.website,
        domain=company.domain,
        industry=company.industry,
        size=company.size,
        plan=company.plan,
        status=company.status,
        monthly_revenue=company.monthly_revenue,
        mrr=company.monthly_revenue,
        churned=company.churned,
        signed_up_at=company.signed_up_at,
        last_seen_at=last_seen(workspace, company),
        last_request_at=last_request(workspace, company),
        owners_csm=company.owners_csm,
        owners_csm_email=company.owners_csm,
        owners_csm_name=None,  # no call tells the name of a user of Custify
        owners_account=company.owners_account,
        parent_companies=company.parent_companies,
        tags=company.tags,
        buckets=buckets,
        metrics=CompanyMetrics(
            health_scores=health_scores_of(workspace, company), people_count=people_count(workspace, company)
        ),
        custom_attributes=company.custom_attributes,
        created_at=company.created_at,
        updated_at=company.updated_at,
    )


@COMPANIES.shows
def show_companies(workspace: Workspace) -> list[CompanyAnswer]:
    """Return all companies as a state shows them."""
    return company_answers(workspace, workspace.records[COMPANIES])
