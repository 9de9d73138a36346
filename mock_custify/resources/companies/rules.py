"""The rules about companies: which one is upserted, found and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.lists import moment_key
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.adding import founded, founded_at, refuse_repeated
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES, Company, CompanyState, CompanyUpsert
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.health_scores.model import HEALTH_SCORE_VALUES, CompanyScore
from mock_custify.values import as_text, changes_of, present

if TYPE_CHECKING:
    from mock_custify.workspace.workspace import Workspace


def upsert_company(workspace: Workspace, request: CompanyUpsert) -> Company:
    """Create the company that `request` names, or merge it into the one on record.

    A field not given keeps its value. Raises InvalidRequestError or NotFoundError, with nothing changed.
    Source: Custify API, POST /company.
    """
    records, now = workspace.records, workspace.clock.stamp()
    known = identified(workspace, request)
    company = (known or Company(id="", company_id="", created_at=now, updated_at=now)).merged(request, now)
    changes = changes_of(request.custom_attributes)
    workspace.limits.check_attributes(company.custom_attributes, changes)
    refuse_taken_company_id(workspace, company)
    if known is None:
        company = structs.replace(company, id=records.ids.next())
    records[COMPANIES].put(company)
    records.fields.note("companies", changes)
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


def get_company(workspace: Workspace, company_id: str) -> Company:
    """Return the company of an internal id; raise NotFoundError."""
    company = workspace.records[COMPANIES].get(company_id)
    if company is None:
        raise NotFoundError(f"there is no company with the id {company_id!r}")
    return company


def find_company(workspace: Workspace, company_id: str) -> Company | None:
    """Return the company on record with a company_id, or None."""
    return workspace.records[COMPANIES].find("company_id", company_id)


def delete_company(workspace: Workspace, company: Company) -> None:
    """Take the company and its links out of the workspace; its people stay."""
    workspace.records[MEMBERSHIPS].forget_company(company.id)
    workspace.records[COMPANIES].remove(company)


def referred_company(workspace: Workspace, reference: str) -> Company | None:
    """Return the company that a reference means: an internal id, else a company_id; or None."""
    return workspace.records[COMPANIES].get(reference) or find_company(workspace, reference)


def health_scores_of(workspace: Workspace, company: Company) -> dict[str, CompanyScore]:
    """Return the newest value of each health score of a company, by the id of the score."""
    return {
        score_id: CompanyScore(
            score=value.value,
            absolute_value=value.value if value.absolute_value is None else value.absolute_value,
            label=value.label,
            color=value.color,
            updated_at=value.date,
        )
        for score_id, value in workspace.records[HEALTH_SCORE_VALUES].newest_of(company.id).items()
    }


def last_seen(workspace: Workspace, company: Company) -> str | None:
    """Return when the company, or one of its people, last did something; None for never."""
    spans = workspace.records[EVENTS].spans
    seen = [*workspace.records[MEMBERSHIPS].people_of(company.id), company.id]
    dates = {spans[one][1] for one in seen if one in spans}
    return max(dates, key=moment_key, default=None)


def last_request(workspace: Workspace, company: Company) -> str | None:
    """Return when the last event that names the company came in; None for never."""
    events = workspace.records[EVENTS].of_company.get(company.id)
    return events[-1].received_at if events else None


def people_count(workspace: Workspace, company: Company) -> int:
    """Return how many people belong to a company."""
    return workspace.records[MEMBERSHIPS].count_people(company.id)


@COMPANIES.adds
def add_company(aside: Workspace, entry: CompanyState) -> None:
    """Put a company of a state on record."""
    if not present(entry.company_id):
        raise InvalidRequestError("each company of a state needs a company_id")
    company = Company(company_id="", **founded(aside, entry)).merged(entry, founded_at(aside, entry))
    refuse_repeated(aside.records[COMPANIES].get(company.id), company.id)
    refuse_taken_company_id(aside, company)
    aside.records[COMPANIES].put(company)
    aside.records.fields.note("companies", changes_of(entry.custom_attributes))
