"""The rules about companies: which one is upserted, found and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.models import Company, CompanyAnswer, CompanyUpsert
from mock_custify.models.values import as_text, present

if TYPE_CHECKING:
    from mock_custify.store.workspace import Workspace


def upsert_company(workspace: Workspace, request: CompanyUpsert) -> Company:
    """Create the company that `request` names, or merge it into the one on record.

    A field not given keeps its value. Raises InvalidRequestError or NotFoundError, with nothing changed.
    Source: Custify API, POST /company.
    """
    records, now = workspace.records, workspace.clock.stamp()
    known = identified(workspace, request)
    company = (known or Company(id="", company_id="", created_at=now, updated_at=now)).merged(request, now)
    refuse_taken_company_id(workspace, company)
    if known is None:
        company = structs.replace(company, id=records.ids.next())
    records.companies.put(company)
    records.fields.note("companies", request.custom_attributes or {})
    return company


def identified(workspace: Workspace, request: CompanyUpsert) -> Company | None:
    """Return the company that `request` names: by id, else company_id; None when it is a new one."""
    if present(request.id):
        return get_company(workspace, str(request.id))
    if not present(request.company_id):
        raise InvalidRequestError(
            "id or company_id is required: without one of them a company cannot be told apart"
        )
    return find_company(workspace, as_text(request.company_id))  # type: ignore[arg-type] # present() excludes null


def refuse_taken_company_id(workspace: Workspace, company: Company) -> None:
    """Raise InvalidRequestError when another company on record has the company_id of `company`."""
    holder = find_company(workspace, company.company_id)
    if holder is not None and holder.id != company.id:
        raise InvalidRequestError(
            f"company_id {company.company_id!r} belongs to another company ({holder.id})"
        )


def company_named(workspace: Workspace, company_id: str) -> Company:
    """Return the company of `company_id`, made bare when it is not on record. Source: docs/decisions.md."""
    known = find_company(workspace, company_id)
    return known or upsert_company(workspace, CompanyUpsert(company_id=company_id))


def get_company(workspace: Workspace, company_id: str) -> Company:
    """Return the company of an internal id; raise NotFoundError."""
    company = workspace.records.companies.get(company_id)
    if company is None:
        raise NotFoundError(f"there is no company with the id {company_id!r}")
    return company


def find_company(workspace: Workspace, company_id: str) -> Company | None:
    """Return the company on record with a company_id, or None."""
    return workspace.records.companies.find("company_id", company_id)


def delete_company(workspace: Workspace, company: Company) -> None:
    """Take the company and its links out of the workspace; its people stay."""
    workspace.records.associations.forget_company(company.id)
    workspace.records.companies.remove(company)


def company_answer(workspace: Workspace, company: Company) -> CompanyAnswer:
    """Return the company as an answer shows it, with what the workspace computes about it."""
    records = workspace.records
    seen = [event.created_at for event in records.events.of_company.get(company.id, ())]
    return CompanyAnswer(
        **{name: getattr(company, name) for name in COPIED},
        _id=company.id,
        mrr=company.monthly_revenue,
        last_seen_at=max(seen, default=None),
        parent_companies=list(company.parent_companies),
        tags=list(company.tags),
        buckets=[],
        metrics={"health_scores": {}, "people_count": records.associations.count_people(company.id)},
    )


COPIED: Final = tuple(
    set(Company.__struct_fields__) & set(CompanyAnswer.__struct_fields__) - {"tags", "parent_companies"}
)
