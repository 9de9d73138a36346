"""What is under test: a transformer and a Custify, ours in this process or anybody's behind a URL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec
from msgspec import structs

from custify_contract.model import NOW
from custify_contract.snapshot import Json, Snapshot, name_of
from custify_transformer import Destination, HttpRequest, TransformError, transform
from mock_custify.app import create_app
from mock_custify.dataplane.local_delivery import deliver
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.people.model import PEOPLE
from mock_custify.workspace import Store

if TYPE_CHECKING:
    from collections.abc import Iterable


API: Final = "https://api.custify.com"
API_KEY: Final = "contract-key"
OTHER_KEY: Final = "another-key"
HIDDEN: Final = frozenset({"id", "created_at", "updated_at", "received_at", "tags", "parent_companies"})


class CannotRunError(Exception):
    """The run cannot go on: a target does not answer, or not in a way that can be understood."""


class Refused(Exception):  # noqa: N818 - a refusal is an outcome here, no error of the harness
    """A transformer refuses a message; `requests` had been sent before."""

    def __init__(self, text: str, requests: tuple[HttpRequest, ...] = ()) -> None:
        super().__init__(text)
        self.requests = requests


class Reply(msgspec.Struct, frozen=True):
    """What a Custify answered; status 0 is a connection that broke."""

    status: int
    body: Json

    @property
    def ok(self) -> bool:
        """Tell whether the call was taken."""
        return 200 <= self.status < 300  # noqa: PLR2004 - the class of success


class Transformer(Protocol):
    """Turns a message into requests."""

    profile: str  # the profile that repeats at home what was seen here
    options: str  # the options of `mock-custify contract` that name it; "" for the usual one
    calls_itself: bool  # whether a group's company is posted by the transformer, as RudderStack's does

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests; raise Refused."""
        ...


class Custify(Protocol):
    """Remembers what it is sent."""

    shows_all: bool  # whether a snapshot has events, custom fields and a second workspace
    patience: float  # seconds until a write must be readable
    options: str  # the options of `mock-custify contract` that name it; "" for the usual one
    url: str  # where its calls can be made again

    def reset(self) -> None:
        """Begin an example: nothing of an earlier one is seen again."""
        ...

    def send(self, request: HttpRequest) -> Reply:
        """Deliver a request."""
        ...

    def snapshot(self, api_key: str = API_KEY) -> Snapshot:
        """Return what the workspace of `api_key` holds."""
        ...

    def rename(self, message: Any) -> Any:
        """Return `message` with ids that belong to this run."""
        ...

    def close(self) -> None:
        """Take everything away that the run left behind so far."""
        ...

    @property
    def left(self) -> list[str]:
        """Return the names of what is not taken away."""
        ...


class OurTransformer:
    """The transformer of this project, in this process."""

    calls_itself = False

    def __init__(self, profile: str = "documented") -> None:
        self.profile = profile
        self.options = "" if profile == "documented" else f"--profile {profile}"

    def transform(self, message: Any, settings: Json) -> tuple[HttpRequest, ...]:
        """Return the requests; raise Refused."""
        try:
            return transform(message, Destination.from_config(settings), profile=self.profile)
        except TransformError as refusal:
            raise Refused(str(refusal), refusal.requests) from refusal


class OurCustify:
    """The fake of this project, in this process, with its clock stopped."""

    shows_all = True
    patience = 0.0
    options = ""
    url = "http://127.0.0.1:8765"  # that of a `mock-custify serve`

    def __init__(self) -> None:
        self.app = create_app(Store())

    def reset(self) -> None:
        """Begin an example with no workspace at all."""
        self.app.store.workspaces.clear()
        for key in (API_KEY, OTHER_KEY):
            with self.app.store.open(key) as workspace:
                workspace.clock.frozen = datetime.fromisoformat(NOW).astimezone(UTC)

    def send(self, request: HttpRequest) -> Reply:
        """Deliver a request without a socket."""
        answer = deliver(self.app, request)
        return Reply(answer.status, msgspec.json.decode(answer.body) if answer.body else None)

    def snapshot(self, api_key: str = API_KEY) -> Snapshot:
        """Return what the workspace of `api_key` holds."""
        with self.app.store.open(api_key) as workspace:
            records = workspace.records
        names = {person.id: str(person.user_id or person.email) for person in records[PEOPLE]}
        company_ids = {company.id: company.company_id for company in records[COMPANIES]}
        linked = records[MEMBERSHIPS]
        return Snapshot(
            tuple(
                {
                    **plain(person),
                    "companies": sorted(company_ids[key] for key in linked.companies_of(person.id)),
                }
                for person in records[PEOPLE]
            ),
            tuple(
                {**plain(company), "people": sorted(names[key] for key in linked.people_of(company.id))}
                for company in records[COMPANIES]
            ),
            tuple(event_of(event, names, company_ids) for event in records[EVENTS]),
            {kind: dict(types) for kind, types in records.fields.types.items()},
        )

    def rename(self, message: Any) -> Any:
        """Return `message` as it is: nobody else writes here."""
        return message

    def close(self) -> None:
        """Leave nothing behind."""
        self.app.store.workspaces.clear()

    @property
    def left(self) -> list[str]:
        """Return nothing: a fake in this process keeps nothing."""
        return []


def plain(record: Any) -> dict[str, Json]:
    """Return a record of the fake as JSON, without what has no value and what is not promised."""
    return {
        name: dict(value) if isinstance(value, dict) else value
        for name, value in structs.asdict(record).items()
        if value is not None and name not in HIDDEN
    }


def event_of(event: Any, names: dict[str, str], company_ids: dict[str, str]) -> dict[str, Json]:
    """Return an event of the fake; a link to a record that is gone shows as a link to nobody."""
    shown = {name: value for name, value in structs.asdict(event).items() if value is not None}
    linked = {"person": names.get(event.person), "company": company_ids.get(event.company)}
    kept = {name: value for name, value in shown.items() if name not in {"id", "received_at", "dropped"}}
    known = {name: value for name, value in linked.items() if value is not None}
    return {
        **{name: value for name, value in kept.items() if name not in linked},
        **known,
        **({"dropped": True} if event.dropped else {}),
    }


def call(method: str, path: str, body: Json = None, api_key: str = API_KEY, **params: Any) -> HttpRequest:
    """Return a call of the Custify API."""
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {api_key}",
        "Accept": "application/json",
    }
    return HttpRequest(method, f"{API}{path}", headers, params, body)


def members(people: Iterable[Json], company_id: str) -> list[str]:
    """Return the names of the people who list a company."""
    return sorted(name_of(person) for person in people if company_id in person["companies"])
