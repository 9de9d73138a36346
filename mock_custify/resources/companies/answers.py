"""A company as an answer shows it, with everything that the workspace computes about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.model import COMPANIES, CompanyAnswer, CompanyMetrics
from mock_custify.resources.companies.rules import health_scores_of, last_request, last_seen, people_count
from mock_custify.resources.segments.rules import buckets_reader
from mock_custify.resources.users import find_user

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mock_custify.resources.companies.model import Company
    from mock_custify.workspace.workspace import Workspace


def company_answer(workspace: Workspace, company: Company) -> CompanyAnswer:
    """Return the company as an answer shows it."""
    return company_answers(workspace, [company])[0]


def company_answers(workspace: Workspace, companies: Iterable[Company]) -> list[CompanyAnswer]:
    """Return companies as an answer shows them; the segments are made ready once for all of them."""
    buckets = buckets_reader(workspace, COMPANY_FIELDS)
    return [answer(workspace, company, buckets(company)) for company in companies]


def answer(workspace: Workspace, company: Company, buckets: list[str]) -> CompanyAnswer:
    """Return the company in the segments `buckets` as an answer shows it."""
    csm_email, csm_name = user_shown(workspace, company.owners_csm)
    account_email, account_name = user_shown(workspace, company.owners_account)
    return CompanyAnswer(
        **structs.asdict(company),
        _id=company.id,
        mrr=company.monthly_revenue,
        last_seen_at=last_seen(workspace, company),
        last_request_at=last_request(workspace, company),
        owners_csm_email=csm_email,
        owners_csm_name=csm_name,
        owners_account_email=account_email,
        owners_account_name=account_name,
        buckets=buckets,
        metrics=CompanyMetrics(
            health_scores=health_scores_of(workspace, company), people_count=people_count(workspace, company)
        ),
    )


@COMPANIES.shows
def show_companies(workspace: Workspace) -> list[CompanyAnswer]:
    """Return all companies as a state shows them."""
    return company_answers(workspace, workspace.records[COMPANIES])


def user_shown(workspace: Workspace, reference: str | None) -> tuple[str | None, str | None]:
    """Return email and name of a user; of an unknown user, only the known part."""
    user = find_user(workspace, reference)
    return (user.email, user.name) if user else (reference, None)
