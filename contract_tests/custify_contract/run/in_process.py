"""The transformer and the fake of this project, in this process."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from custify_contract.expected_state import NOW
from custify_contract.observed_state import ObservedState
from custify_contract.targets import API_KEY, MessageRefusedError, TargetResponse, custify_call
from custify_transformer import Destination, HttpRequest, TransformError, transform
from mock_custify.app import create_app
from mock_custify.dataplane.delivery.local_delivery import deliver
from mock_custify.errors import ApiError
from mock_custify.limits import Limits
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES, CompanyUpsert
from mock_custify.resources.companies.rules import upsert_company
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE, PersonUpsert
from mock_custify.resources.people.rules import upsert_person
from mock_custify.workspace import Store, Workspace
from mock_custify.workspace.clock import Clock
from mock_custify.workspace.initial_state import InitialState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from custify_contract.observed_state import Json
    from custify_contract.targets import Calls
    from mock_custify.workspace.records import Records

FROZEN: Final = datetime.fromisoformat(NOW).astimezone(UTC)
CREATED: Final = TargetResponse(200, None)
COMPANY: Final = "/company"
MOST_KEPT: Final = 500
CREATED_BY: Final[dict[str, tuple[type[Any], Callable[[Workspace, Any], object]]]] = {
    "/people": (PersonUpsert, upsert_person),
    COMPANY: (CompanyUpsert, upsert_company),
}
COMPANY_FAILED: Final = "failed create/update company details"
HIDDEN: Final = frozenset({"id", "created_at", "updated_at", "received_at", "tags", "parent_companies"})
HIDDEN_IN_EVENTS: Final = frozenset({"id", "received_at", "dropped", "person", "company"})


class InProcessTransformer:
    """The transformer of this project, in one of its profiles."""

    posts_companies = False
    reads_doubles = False

    def __init__(self, profile: str = "documented") -> None:
        self.profile = profile
        self.options = "" if profile == "documented" else f"--profile {profile}"

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests for a message; raise MessageRefusedError."""
        try:
            return transform(message, Destination.from_config(settings), profile=self.profile)
        except TransformError as refusal:
            raise MessageRefusedError(str(refusal), refusal.requests) from refusal


class PostingTransformer(InProcessTransformer):
    """Our transformer, but it posts the company of a group itself, as RudderStack's server does."""

    posts_companies = True

    def __init__(self, profile: str, custify: InProcessCustify) -> None:
        super().__init__(profile)
        self.custify = custify

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the request for the person; raise MessageRefusedError if Custify refuses the company."""
        try:
            *companies, last = super().transform(message, settings)
        except MessageRefusedError as refusal:
            self.post(refusal.requests)
            raise MessageRefusedError(str(refusal)) from refusal
        self.post(companies)
        return (last,)

    def post(self, companies: Sequence[HttpRequest]) -> None:
        """Post the companies of a message; raise MessageRefusedError if Custify refuses one."""
        for request in companies:
            response = self.custify.send(custify_call("POST", "/company", request.body))
            if not response.ok:
                raise MessageRefusedError(f"{COMPANY_FAILED} {response.body}")


class InProcessCustify:
    """The fake of this project, without a socket and with a frozen clock."""

    shows_all = True
    visibility_timeout = 0.0
    options = ""
    url = "http://127.0.0.1:8765"  # the default of `mock-custify serve`
    left: Final[list[str]] = []

    def __init__(self) -> None:
        start = InitialState(clock=Clock(frozen=FROZEN))
        self.app = create_app(Store(limits=Limits(journal=0), initial_state=start))
        self.companies: dict[str, Records] = {}  # by the calls that created them
        self.shown: dict[str, tuple[Any, Json, Json]] = {}  # a record, its links, and both as JSON

    def reset(self) -> None:
        """Delete all workspaces; the next call opens an empty one."""
        self.close()
        self.shown.clear()

    def send(self, request: HttpRequest) -> TargetResponse:
        """Send a request to the fake and return the response."""
        answer = deliver(self.app, request)
        return TargetResponse(answer.status, msgspec.json.decode(answer.body) if answer.body else None)

    def create(self, calls: Calls) -> list[TargetResponse]:
        """Create people and companies with the rules of their calls, which take a third of the time.

        Many cases begin with the same companies, so these are kept, and copied the next time.
        """
        first = tuple(takewhile(lambda call: call[0] == COMPANY, calls))
        with self.app.store.open(API_KEY) as workspace:
            made = self.create_companies(workspace, first) if first else []
            return made + [self.created(workspace, *call) for call in calls[len(first) :]]

    def create_companies(self, workspace: Workspace, calls: Calls) -> list[TargetResponse]:
        """Create the companies of an empty workspace, or copy those that the same calls created before."""
        known = repr(calls)
        if known in self.companies:
            workspace.replace(self.companies[known].copy())
            return [CREATED] * len(calls)
        made = [self.created(workspace, *call) for call in calls]
        if len(self.companies) < MOST_KEPT and all(response is CREATED for response in made):
            self.companies[known] = workspace.records.copy()
        return made

    def created(self, workspace: Workspace, path: str, body: Json) -> TargetResponse:
        """Create a record; the response has no body if a rule created it."""
        if path not in CREATED_BY:
            return self.send(custify_call("POST", path, body))
        kind, rule = CREATED_BY[path]
        try:
            rule(workspace, msgspec.convert(body, kind))
        except ApiError as error:
            return TargetResponse(error.status, {"error": error.text})
        return CREATED

    def observe(self, api_key: str = API_KEY) -> ObservedState:
        """Return the state of the workspace of `api_key`."""
        with self.app.store.open(api_key) as workspace:
            records = workspace.records
        names = {person.id: str(person.user_id or person.email) for person in records[PEOPLE]}
        company_ids = {company.id: company.company_id for company in records[COMPANIES]}
        linked = records[MEMBERSHIPS]
        people = (
            self.show(one, companies=sorted(company_ids[key] for key in linked.companies_of(one.id)))
            for one in records[PEOPLE]
        )
        companies = (
            self.show(
                one,
                **parents(one, company_ids),
                people=sorted(names[key] for key in linked.people_of(one.id)),
            )
            for one in records[COMPANIES]
        )
        events = (plain_event(event, names, company_ids) for event in records[EVENTS])
        fields = {kind: dict(types) for kind, types in records.fields.types.items()}
        return ObservedState(tuple(people), tuple(companies), tuple(events), fields)

    def show(self, record: Any, **links: Json) -> Json:
        """Return a record with its links as JSON; the same object as before if nothing of it changed."""
        known = self.shown.get(record.id)
        if known is None or known[0] is not record or known[1] != links:
            self.shown[record.id] = known = (record, links, {**plain(record), **links})
        return known[2]

    def rename(self, message: Any) -> Any:
        """Return `message` unchanged: no other client uses this fake."""
        return message

    def remember(self, body: Any) -> None:
        """Do nothing: all workspaces are deleted together."""

    def close(self, *, posted: bool = True) -> None:  # noqa: ARG002 - there is nothing to look for
        """Delete all workspaces."""
        self.app.store.workspaces.clear()


@cache
def visible_fields(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a record that a law may be about."""
    return tuple(field.name for field in structs.fields(kind) if field.name not in HIDDEN)


def plain(record: Any) -> dict[str, Json]:
    """Return a person or a company as JSON, without empty fields and without fields that no law is about."""
    names = visible_fields(record.__class__)
    found = {name: value for name in names if (value := getattr(record, name)) is not None}
    return {**found, "custom_attributes": dict(record.custom_attributes)}


def parents(company: Any, company_ids: dict[str, str]) -> dict[str, Json]:
    """Return the company_ids of the companies above a company, nothing when there are none."""
    above = sorted(company_ids[one.id] for one in company.parent_companies if one.id in company_ids)
    return {"parents": above} if above else {}


def plain_event(event: Any, names: dict[str, str], company_ids: dict[str, str]) -> dict[str, Json]:
    """Return an event as JSON; a link to a deleted record is left out."""
    fields = {name: value for name, value in structs.asdict(event).items() if name not in HIDDEN_IN_EVENTS}
    links = {"person": names.get(event.person), "company": company_ids.get(event.company)}
    found = {**fields, **links, "dropped": True if event.dropped else None}
    return {name: value for name, value in found.items() if value is not None}
