"""The rules about companies: which one is upserted, found and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, structs

from mock_custify.api.lists import moment_key
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.kinds import read_flag, read_identifier, read_named
from mock_custify.resources.adding import forget_everywhere, founded, founded_at, refuse_repeated
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import (
    COMPANIES,
    OWNERS,
    Company,
    CompanyLink,
    CompanyState,
    CompanyUpsert,
    ParentCompany,
)
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.health_scores.model import (
    HEALTH_SCORE_VALUES,
    HEALTH_SCORES,
    NO_RANGE,
    CompanyScore,
    range_of,
)
from mock_custify.resources.unknown_id import unknown_id
from mock_custify.resources.users import find_user
from mock_custify.values import changes_of, present
from mock_custify.workspace.custom_fields import check_attributes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.workspace.workspace import Workspace


def upsert_company(workspace: Workspace, request: CompanyUpsert) -> Company:
    """Create the company that `request` names, or merge it into the stored one.

    A field not given keeps its value. Raises InvalidRequestError or NotFoundError, with nothing changed.
    Source: the vendor's description of its API, section 8.
    """
    records, now = workspace.records, workspace.clock.stamp()
    known = identified(workspace, request)
    company = (known or Company(id="", company_id="", created_at=now, updated_at=now)).merged(request, now)
    changes = changes_of(request.custom_attributes)
    check_attributes(workspace.limits, company.custom_attributes, changes, money=True)
    company = with_users(workspace, company, request, changes)
    company = with_parents(workspace, company, request)
    if known is None:
        company = structs.replace(company, id=records.ids.next())
    records[COMPANIES].put(company)
    records.fields.note("companies", changes)
    return company


def identified(workspace: Workspace, request: CompanyUpsert) -> Company | None:
    """Return the company that `request` names: by id, else company_id; None when it is a new one."""
    company_id = read_named("company_id", read_identifier, request.company_id)
    if present(request.id):
        known = workspace.records[COMPANIES].get(str(request.id))
        if known is None and company_id is None:
            raise NotFoundError(unknown_id(workspace, COMPANIES, request.id))
        if known is not None:
            return known
    if company_id is None:
        raise InvalidRequestError(
            "id or company_id is required: without one of them a company cannot be identified"
        )
    return find_company(workspace, company_id)


def with_users(
    workspace: Workspace, company: Company, request: CompanyUpsert, changes: Mapping[str, Any]
) -> Company:
    """Return the company with the ids of the users in the request; an unknown user is not assigned."""
    owners = {name: value for name in OWNERS if (value := getattr(request, name)) not in (UNSET, None)}
    found = {name: user_id_of(workspace, getattr(company, name)) for name in owners}
    types = workspace.records.fields.types["companies"]
    users = [name for name, value in changes.items() if value is not None and types.get(name) == "User"]
    if not found and not users:
        return company
    attributes = dict(company.custom_attributes)
    for name in users:
        attributes[name] = user_id_of(workspace, str(attributes[name]))
    kept = {name: value for name, value in attributes.items() if value is not None}
    return structs.replace(company, **found, custom_attributes=kept)


def user_id_of(workspace: Workspace, reference: str | None) -> str | None:
    """Return the internal id of the user that an email or an id means, or None."""
    user = find_user(workspace, reference)
    return user.id if user else None


def with_parents(workspace: Workspace, company: Company, request: CompanyUpsert) -> Company:
    """Return the company with the parents that the request adds, and without those that it removes.

    Raises InvalidRequestError for a parent that is missing, or that is the company itself or below it.
    """
    if request.parent_companies is UNSET and request.companies is UNSET:
        return company
    if request.parent_companies is None:
        company = structs.replace(company, parent_companies=())
    parents = {parent.id: parent for parent in company.parent_companies}
    for name in ("parent_companies", "companies"):
        for index, link in enumerate(getattr(request, name) or ()):
            place = f"{name}[{index}]"
            parent = parent_named(workspace, link, place)
            if is_removed(link, f"{place}.remove"):
                parents.pop(parent.id, None)
                continue
            if company.id and company.id in {parent.id, *ancestors(workspace, parent)}:
                raise InvalidRequestError(
                    f"{place}: a company cannot be its own parent, directly or through other companies"
                )
            parents[parent.id] = ParentCompany(id=parent.id)
    return structs.replace(company, parent_companies=tuple(parents.values()))


def is_removed(link: CompanyLink, name: str) -> bool:
    """Tell whether a link takes a company away; raise InvalidRequestError, with `name`, if it is unclear."""
    return present(link.remove) and read_named(name, read_flag, link.remove)


def parent_named(workspace: Workspace, link: CompanyLink, place: str) -> Company:
    """Return the company that a link to a parent names; raise InvalidRequestError."""
    company_id = read_named(f"{place}.company_id", read_identifier, link.company_id)
    known = workspace.records[COMPANIES].get(str(link.id)) if present(link.id) else None
    known = known or (find_company(workspace, company_id) if company_id else None)
    if not present(link.id) and company_id is None:
        raise InvalidRequestError(f"{place} needs a company_id or an id")
    if known is None:
        given = (link.id, "id") if present(link.id) else (company_id, "company_id")
        raise InvalidRequestError(f"{place}: {unknown_id(workspace, COMPANIES, *given)}")
    return known


def ancestors(workspace: Workspace, company: Company) -> list[str]:
    """Return the ids of all companies above one."""
    found: dict[str, None] = {}
    waiting = [parent.id for parent in company.parent_companies]
    while waiting:
        parent = workspace.records[COMPANIES].get(waiting.pop())
        if parent is not None and parent.id not in found:
            found[parent.id] = None
            waiting += [one.id for one in parent.parent_companies]
    return list(found)


def get_company(workspace: Workspace, company_id: str) -> Company:
    """Return the company of an internal id; raise NotFoundError."""
    company = workspace.records[COMPANIES].get(company_id)
    if company is None:
        raise NotFoundError(unknown_id(workspace, COMPANIES, company_id))
    return company


def find_company(workspace: Workspace, company_id: str) -> Company | None:
    """Return the stored company with a company_id, or None."""
    return workspace.records[COMPANIES].find("company_id", company_id)


def delete_company(workspace: Workspace, company: Company) -> None:
    """Take the company out of the workspace, with its events, links and everything else about it."""
    forget_everywhere(workspace, company.id)
    workspace.records[COMPANIES].remove(company)


def referred_company(workspace: Workspace, reference: str) -> Company | None:
    """Return the company that a reference means: an internal id, else a company_id; or None."""
    return workspace.records[COMPANIES].get(reference) or find_company(workspace, reference)


def health_scores_of(workspace: Workspace, company: Company) -> dict[str, CompanyScore]:
    """Return the newest value of each health score of a company, by the id of the score.

    A value without a label or a color has those of the range of the score that it lies in.
    """
    found: dict[str, CompanyScore] = {}
    for score_id, value in workspace.records[HEALTH_SCORE_VALUES].newest_of(company.id).items():
        score = workspace.records[HEALTH_SCORES].get(score_id)
        lies_in = range_of(score, value.value) if score else NO_RANGE
        found[score_id] = CompanyScore(
            score=value.value,
            absolute_value=value.value if value.absolute_value is None else value.absolute_value,
            label=value.label or lies_in.label,
            color=value.color or lies_in.color,
            updated_at=value.date,
        )
    return found


def last_seen(workspace: Workspace, company: Company) -> str | None:
    """Return when the company, one below it or one of their people last did something; None for never."""
    spans = workspace.records[EVENTS].spans
    companies = [company.id, *workspace.records[COMPANIES].below(company.id)]
    links = workspace.records[MEMBERSHIPS]
    seen = [one for key in companies for one in (*links.people_of(key), key)]
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
    """Store a company of a state; an owner who is not a user of the state is kept unchanged."""
    if read_named("company_id", read_identifier, entry.company_id) is None:
        raise InvalidRequestError("each company of a state needs a company_id")
    company = Company(company_id="", **founded(aside, entry)).merged(entry, founded_at(aside, entry))
    refuse_repeated(aside.records[COMPANIES].get(company.id), company.id)
    holder = find_company(aside, company.company_id)
    if holder is not None:
        raise InvalidRequestError(
            f"company_id {company.company_id!r} belongs to another company ({holder.id})"
        )
    owners = {name: user_id_of(aside, value) or value for name in OWNERS if (value := getattr(company, name))}
    parents = tuple(ParentCompany(id=id_of_parent(aside, link)) for link in entry.parent_companies or ())
    aside.records[COMPANIES].put(structs.replace(company, **owners, parent_companies=parents))
    aside.records.fields.note("companies", changes_of(entry.custom_attributes))


def id_of_parent(aside: Workspace, link: CompanyLink) -> str:
    """Return the internal id of a parent in a state; by its company_id, it must come before its child."""
    return str(link.id) if present(link.id) else parent_named(aside, link, "parent_companies").id
