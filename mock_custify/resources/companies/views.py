"""The calls about companies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Annotated, Any, TypeAlias

from flask import Blueprint
from msgspec import Struct, field, structs

from mock_custify.api import call
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.resources.companies import rules, usage
from mock_custify.resources.companies.answers import company_answer, company_answers
from mock_custify.resources.companies.fields import COMPANY_FIELDS
from mock_custify.resources.companies.model import OWNERS, Company, CompanyAnswer, CompanyUpsert
from mock_custify.resources.companies.usage_model import Usage, UsageType
from mock_custify.resources.fields import AttributeField
from mock_custify.resources.listing import page_of_all
from mock_custify.resources.people.views import Deleted, plus
from mock_custify.resources.shape import ShapedListQuery, ShapeQuery, shaped
from mock_custify.resources.tasks.model import DueDate
from mock_custify.resources.users import find_user
from mock_custify.values import named_by
from mock_custify.workspace import Workspace

companies = Blueprint("companies", __name__)


NamedCompany: TypeAlias = Annotated[CompanyUpsert, named_by("id", "company_id")]


class CompanyQuery(Struct, kw_only=True):
    """Which company: by its company_id."""

    company_id: str | None = None


class OneCompanyQuery(ShapeQuery, kw_only=True):
    """Which fields to show, and whether to include the custom attributes of its users."""

    include_user_attributes: bool = field(default=False, name="includeUserAttributes")


class NamedCompanyQuery(OneCompanyQuery, kw_only=True):
    """Which company, and which fields."""

    company_id: str | None = None


class CompaniesPage(Struct, kw_only=True):
    """One page of companies, and the number of all companies."""

    companies: list[CompanyAnswer]
    total: int


class UsageQuery(Struct, kw_only=True, rename="camel"):
    """Which events, on which days. Both days are included; a missing day means no limit."""

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
def list_companies(workspace: Workspace, query: ShapedListQuery) -> CompaniesPage:
    """List companies, the latest sign-up first, one page at a time."""
    asked = query.asked_filters(), query.asked_sorting(), query.span()
    found, total = page_of_all(workspace, COMPANY_FIELDS, *asked)
    show = partial(company_answers, workspace)
    return CompaniesPage(companies=shaped(workspace, COMPANY_FIELDS, found, show, query), total=total)


@companies.get("/company/attributes")
@call()
def list_attributes(workspace: Workspace) -> list[AttributeField]:
    """List the fields of companies, including the custom ones seen so far."""
    return COMPANY_FIELDS.listed(workspace)


@companies.get("/company/usage/<company>")
@call(statuses=(400, 404))
def get_usage(workspace: Workspace, company: str, query: UsageQuery) -> Usage:
    """Count the events of a company by its internal id, by name and by day."""
    dates = usage.read_dates(query.start_date, query.end_date)
    known = rules.get_company(workspace, company)
    return usage.usage_of(workspace, known, query.type, query.event_name, dates)


@companies.get("/company")
@call(statuses=(404,))
def find_companies(workspace: Workspace, query: NamedCompanyQuery) -> CompaniesPage:
    """Find the company with a company_id."""
    if not query.company_id:
        raise NotFoundError("company_id is required in the query")
    return page_of_one(workspace, named_company(workspace, query.company_id), query)


@companies.get("/company/<company>")
@call(statuses=(404,))
def get_company(workspace: Workspace, company: str, query: OneCompanyQuery) -> CompaniesPage:
    """Read a company by internal id."""
    return page_of_one(workspace, rules.get_company(workspace, company), query)


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
    if not query.company_id:
        raise InvalidRequestError("company_id is required in the query")
    rules.delete_company(workspace, named_company(workspace, query.company_id))
    return Deleted(1)


def named_company(workspace: Workspace, company_id: str) -> Company:
    """Return the company with a company_id, a blank in it read as a plus too; raise NotFoundError."""
    found = rules.find_company(workspace, company_id) or rules.find_company(workspace, plus(company_id) or "")
    if found is None:
        raise NotFoundError(f"there is no company with the company_id {company_id!r}")
    return found


def page_of_one(workspace: Workspace, company: Company, query: OneCompanyQuery) -> CompaniesPage:
    """Return the page that shows one company, with the users that its attributes name."""

    def show(records: Iterable[Company]) -> list[CompanyAnswer]:
        return [with_users(workspace, one, query) for one in company_answers(workspace, records)]

    return CompaniesPage(companies=shaped(workspace, COMPANY_FIELDS, [company], show, query), total=1)


def with_users(workspace: Workspace, answer: CompanyAnswer, query: OneCompanyQuery) -> CompanyAnswer:
    """Return a company with email and name of the user in each attribute, and the user's own attributes."""
    types = workspace.records.fields.types["companies"]
    known = {name: value for name, value in answer.custom_attributes.items() if types.get(name) == "User"}
    found = {name: user for name, value in known.items() if (user := find_user(workspace, str(value)))}
    attributes = dict(answer.custom_attributes)
    for name, user in found.items():
        attributes |= {f"{name}_email": user.email, f"{name}_name": user.name}
        if query.include_user_attributes and user.custom_attributes:
            attributes[f"{name}_attributes"] = user.custom_attributes
    owners: dict[str, Any] = {}
    for name in OWNERS if query.include_user_attributes else ():
        owner = find_user(workspace, getattr(answer, name))
        if owner is not None and owner.custom_attributes:
            owners[f"{name}_attributes"] = owner.custom_attributes
    return structs.replace(answer, custom_attributes=attributes, **owners)
