"""A company: what a client may write, what the workspace keeps, and what an answer shows."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from msgspec import UNSET, Struct, UnsetType, field, structs

from mock_custify.api.lists import moment_key
from mock_custify.kinds import (
    DateField,
    FlagField,
    IdentifierField,
    NumberField,
    TextField,
    WholeNumberField,
    kinds_of,
    read_identifier,
    read_named,
    written,
)
from mock_custify.resources.health_scores.model import CompanyScore
from mock_custify.values import (
    Attribute,
    AttributeChanges,
    DateText,
    Nothing,
    ObjectId,
    changes_of,
    merged_attributes,
    named_by,
    without,
)
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section


class ParentCompany(Struct, kw_only=True, frozen=True):
    """The parent company of a company, named by its internal id."""

    id: ObjectId


class CompanyLink(Struct, kw_only=True):
    """A company to link to a person or to add as a parent, or with `remove` to unlink."""

    company_id: IdentifierField = UNSET
    id: ObjectId | UnsetType | None = UNSET
    remove: FlagField = UNSET


NamedLink: TypeAlias = Annotated[CompanyLink, named_by("company_id", "id")]


class CompanyUpsert(Struct, kw_only=True):
    """The body of POST /company. A missing field keeps its value; null empties a field.

    `owners_csm` and `owners_account` are emails or internal ids of users. `companies` is another name for
    `parent_companies`, as in a sample of the vendor. `$unset` works as for people.
    Source: the vendor's description of its API, section 8.
    """

    id: ObjectId | UnsetType | None = UNSET
    company_id: IdentifierField = UNSET
    name: TextField = UNSET
    website: TextField = UNSET
    domain: TextField = UNSET
    industry: TextField = UNSET
    size: WholeNumberField = UNSET
    plan: TextField = UNSET
    status: TextField = UNSET
    monthly_revenue: NumberField = UNSET
    churned: FlagField = UNSET
    signed_up_at: DateField = UNSET
    owners_csm: TextField = UNSET
    owners_account: TextField = UNSET
    parent_companies: list[NamedLink] | UnsetType | None = UNSET
    companies: list[NamedLink] | UnsetType | None = UNSET
    custom_attributes: AttributeChanges | Nothing | UnsetType | None = UNSET
    unset: list[str] | UnsetType | None = field(default=UNSET, name="$unset")


class Company(Struct, frozen=True, kw_only=True, gc=False):
    """A company as the workspace keeps it; its people are in the workspace's associations.

    `owners_csm` and `owners_account` are internal ids of users.
    """

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
    churned: bool = False
    signed_up_at: str | None = None
    owners_csm: str | None = None
    owners_account: str | None = None
    parent_companies: tuple[ParentCompany, ...] = ()
    tags: tuple[str, ...] = ()
    custom_attributes: dict[str, Attribute] = field(default_factory=dict)

    def merged(self, request: CompanyUpsert, now: str) -> Company:
        """Return the company with the fields of `request` written over it; raise InvalidRequestError.

        The company_id of a stored company never changes.
        """
        changes = written(request, FIELDS)
        if not self.company_id:
            changes["company_id"] = read_named("company_id", read_identifier, request.company_id)
        if "churned" in changes and changes["churned"] is None:
            changes["churned"] = False
        attributes = merged_attributes(self.custom_attributes, changes_of(request.custom_attributes))
        if request.unset:
            attributes = without(request.unset, UNSETTABLE, changes, request, attributes)
        return structs.replace(self, **changes, custom_attributes=attributes, updated_at=now)


class CompanyMetrics(Struct, kw_only=True):
    """Computed values of a company: the newest value of each health score, and the number of its people."""

    health_scores: dict[str, CompanyScore] = field(default_factory=dict)
    people_count: int = 0


class CompanyAnswer(Company, kw_only=True, frozen=True):
    """A company in an answer; attributes of users and `segments` are included on request."""

    _id: str = ""
    mrr: int | float | None = None
    last_seen_at: DateText | None = None
    last_request_at: DateText | None = None
    owners_csm_email: str | None = None
    owners_csm_name: str | None = None
    owners_csm_attributes: dict[str, Any] | UnsetType = UNSET
    owners_account_email: str | None = None
    owners_account_name: str | None = None
    owners_account_attributes: dict[str, Any] | UnsetType = UNSET
    buckets: list[str] = field(default_factory=list)
    metrics: CompanyMetrics = field(default_factory=CompanyMetrics)
    segments: list[Any] | UnsetType = UNSET


FIELDS: Final = kinds_of(CompanyUpsert)
OWNERS: Final = ("owners_csm", "owners_account")
UNSETTABLE: Final = frozenset(
    {"name", "plan", "signed_up_at", "size", "website", "industry", "monthly_revenue", *OWNERS}
)


class CompanyState(CompanyUpsert, kw_only=True):
    """A company in a state."""

    created_at: DateText | UnsetType = UNSET
    updated_at: DateText | UnsetType = UNSET
    tags: tuple[str, ...] = ()


class Companies(Collection[Company]):
    """Companies by company_id, the latest sign-up first in lists, each with the companies below it."""

    def __init__(self) -> None:
        super().__init__("company_id", order=lambda company: -moment_key(company.signed_up_at))
        self.children: dict[str, dict[str, None]] = {}

    def put(self, record: Company) -> None:
        """Add or replace a company, and note what it is below."""
        known = self.by_id.get(record.id)
        super().put(record)
        for parent in known.parent_companies if known else ():
            self.children.get(parent.id, {}).pop(record.id, None)
        for parent in record.parent_companies:
            self.children.setdefault(parent.id, {})[record.id] = None

    def remove(self, record: Company) -> None:
        """Take a company out; those below it stay, without it."""
        for child in self.children.pop(record.id, {}):
            company = self.by_id[child]
            kept = tuple(one for one in company.parent_companies if one.id != record.id)
            self.put(structs.replace(company, parent_companies=kept))
        for parent in record.parent_companies:
            self.children.get(parent.id, {}).pop(record.id, None)
        super().remove(record)

    def below(self, company_id: str) -> list[str]:
        """Return the ids of all companies below one: its children, their children and so on."""
        found: dict[str, None] = {}
        waiting = [company_id]
        while waiting:
            new = [one for one in self.children.get(waiting.pop(), ()) if one not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return list(found)

    def copy(self) -> Companies:
        """Return a copy that shares the records, which are immutable."""
        twin = Companies()
        vars(twin).update(vars(super().copy()) | {"order": twin.order})
        twin.children = {parent: dict(below) for parent, below in self.children.items()}
        return twin


COMPANIES: Final = Section("companies", CompanyState, Companies)
