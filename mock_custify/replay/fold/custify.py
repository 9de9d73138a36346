"""A Custify that takes requests without HTTP: the decoders and the rules of the fake, on one workspace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

import msgspec

from custify_transformer.javascript import NotJsonError, encode
from custify_transformer.request import COMPANY, EVENT
from custify_transformer.request import PEOPLE as PERSON
from mock_custify.api.request import decode_json
from mock_custify.errors import InvalidRequestError, UnauthorizedError
from mock_custify.replay.fold.holders import MessageClock, PassingEvents, PlacedIds, WatchedAssociations
from mock_custify.resources.associations.model import MEMBERSHIPS
from mock_custify.resources.companies import views as company_views
from mock_custify.resources.companies.model import COMPANIES
from mock_custify.resources.companies.rules import upsert_company
from mock_custify.resources.events import views as event_views
from mock_custify.resources.events.model import EVENTS
from mock_custify.resources.events.rules import record_event
from mock_custify.resources.people import views as person_views
from mock_custify.resources.people.model import PEOPLE
from mock_custify.resources.people.rules import upsert_person
from mock_custify.workspace.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.replay.fold.settings import Request
    from mock_custify.workspace.records import Records


@dataclass(frozen=True, slots=True)
class Operation:
    """A call of Custify that messages become: how its body is read, and the rule that carries it out."""

    name: str
    body: Any
    decoder: msgspec.json.Decoder[Any]
    rule: Callable[[Workspace, Any], Any]


def operation(name: str, view: Any, rule: Callable[[Workspace, Any], Any]) -> Operation:
    """Return the operation of a view of the fake."""
    body = get_args(view.operation.body)[0]  # without the description, which convert() would read each time
    return Operation(name, body, msgspec.json.Decoder(body), rule)


OPERATIONS: Final = {
    PERSON: operation("people", person_views.upsert_person, upsert_person),
    COMPANY: operation("company", company_views.upsert_company, upsert_company),
    EVENT: operation("event", event_views.record_event, record_event),
}


class Custify:
    """A Custify that begins with `records`, whose ids no new record gets; `short` begins the new ones.

    `people` and `companies` are the internal ids of the records that were written, in that order.
    """

    def __init__(self, records: Records, short: str, *, keeps_state: bool = False) -> None:
        self.workspace = Workspace()
        self.clock = MessageClock()
        self.workspace.clock = self.clock
        self.records = records.copy()
        self.workspace.records = self.records
        self.ids = PlacedIds(short=short)
        self.records.ids = self.ids
        self.events = PassingEvents(records[EVENTS], spans_wanted=keeps_state)
        self.links = WatchedAssociations(records[MEMBERSHIPS])
        self.records[EVENTS], self.records[MEMBERSHIPS] = self.events, self.links
        self.people: dict[str, None] = {}
        self.companies: dict[str, None] = {}
        self.known_companies = self.records[COMPANIES].by_id
        self.authorized: str | None = None

    def begin(self, position: int, moment: str) -> None:
        """Get ready for the requests of the message at `position`, which came in at `moment`."""
        self.ids.place(position)
        self.clock.text = moment
        self.events.taken = None

    def take(self, request: Request, *, plain: bool) -> Any:
        """Carry out a request and return its body as the fake reads it; raise ApiError.

        A `plain` body is small, and the same after it has been JSON.
        """
        called = OPERATIONS[request.endpoint]
        if request.headers["Authorization"] != self.authorized:
            self.authorize(request.headers["Authorization"])
        body = self.read_plain(called, request) if plain else None
        if body is None:
            limits = self.workspace.limits
            body = decode_json(called.decoder, body_of(request, limits.body), limits.depth)
        known = len(self.known_companies)
        written = called.rule(self.workspace, body)
        if called.name == "people":
            self.people[written.id] = None
            if len(self.known_companies) > known:
                self.note_new_companies(len(self.known_companies) - known)
        elif called.name == "company":
            self.companies[written.id] = None
        return body

    def authorize(self, header: str) -> None:
        """Remember a header that has an API key; raise UnauthorizedError for another one."""
        if not header.partition(" ")[2].strip():
            raise UnauthorizedError("an API key is required: send the header Authorization: Bearer <key>")
        self.authorized = header

    def read_plain(self, called: Operation, request: Request) -> Any:
        """Return a plain body as the fake reads it, None for one that it refuses: the text of it says why."""
        try:
            return msgspec.convert(request.body, called.body)
        except msgspec.ValidationError:
            return None

    def note_new_companies(self, number: int) -> None:
        """Note the companies that the links of a person have made."""
        made = reversed(self.known_companies)
        self.companies |= dict.fromkeys(reversed([next(made) for _ in range(number)]))

    def size(self) -> int:
        """Return how many people, companies and deduplication ids are kept in memory."""
        records = self.records
        return len(records[PEOPLE]) + len(records[COMPANIES]) + len(self.events.deduplication_ids)

    def is_new(self, record_id: str) -> bool:
        """Tell whether a record was made here."""
        return record_id.startswith(self.ids.short)

    def person_exists(self, body: Any) -> bool:
        """Tell whether the body of a request names a person that exists."""
        people = self.records[PEOPLE]
        user_id, email = body.get("user_id"), body.get("email")
        if isinstance(user_id, str) and people.find("user_id", user_id):
            return True
        name = "email_alone" if user_id else "email"
        return isinstance(email, str) and people.find(name, email) is not None

    def company_exists(self, body: Any) -> bool:
        """Tell whether the body of a request names a company that exists."""
        company_id = body.get("company_id")
        return (
            isinstance(company_id, str) and self.records[COMPANIES].find("company_id", company_id) is not None
        )


def body_of(request: Request, most: int) -> bytes:
    """Return the body of a request as it travels; raise InvalidRequestError for one that cannot."""
    try:
        body = encode(request.body) if request.body else b""
    except NotJsonError as error:
        raise InvalidRequestError(f"the request cannot be written as JSON: {error}") from error
    if len(body) > most:
        raise InvalidRequestError(f"the body has {len(body)} bytes, at most {most} are accepted")
    return body
