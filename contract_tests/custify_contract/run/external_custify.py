"""An external Custify, behind a URL; the records that a run creates there are deleted again."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests

from custify_contract.expected_state import member_names
from custify_contract.observed_state import ObservedState
from custify_contract.run.created_records import COMPANY, Key, as_text, records_of
from custify_contract.run.external_calls import TIMEOUT, response_to, retrying_session
from custify_contract.run.run_ids import EMAIL, USER_IDS, RunIds
from custify_contract.targets import API_KEY, CannotRunError, TargetResponse, custify_call

if TYPE_CHECKING:
    from custify_contract.observed_state import Json
    from custify_contract.targets import Calls
    from custify_transformer import HttpRequest

VISIBILITY_TIMEOUT: Final = 5.0  # seconds after which a write must be readable
KEY_REFUSED: Final = (401, 403)
HIDDEN: Final = frozenset(
    {"id", "_id", "customer_id", "created_at", "updated_at", "last_request_at", "companies", "mrr", "metrics"}
)


class ExternalCustify(RunIds):
    """A Custify behind a URL: another fake, or the sandbox of a real account.

    Every example uses ids of its own, so that no example meets the records of another one or of other users.
    Records that a message or a request names are read by their ids, and deleted by `close`.
    """

    shows_all = False

    def __init__(self, url: str, api_key: str, visibility_timeout: float = VISIBILITY_TIMEOUT) -> None:
        self.url = url.rstrip("/")
        self.options = f"--custify {quote(self.url)} --api-key KEY"
        self.api_key = api_key
        self.visibility_timeout = visibility_timeout
        super().__init__()
        self.key_accepted = False
        self.session = retrying_session(self.url)
        self.people: dict[tuple[str, str], int] = {}  # (query parameter, id): number of the example
        self.companies: dict[str, int] = {}
        self.created: dict[Key, None] = {}
        self.unseen: set[str] = set()  # companies that a transformer may have posted

    @property
    def authorization(self) -> dict[str, str]:
        """Return the header with the API key."""
        return {"Authorization": f"Bearer {self.api_key}"}

    def send(self, request: HttpRequest) -> TargetResponse:
        """Send a request with the API key of the account; remember the records that it names."""
        self.remember(request.body)
        records = [key for key in records_of(request) if self.is_own_record(key[2])]
        before = dict(self.created)
        self.created |= dict.fromkeys(records)  # before the call: its response may be lost
        path = urlsplit(request.endpoint).path
        response = self.call(request.method, path, request.params, request.body)
        if not response.ok:
            self.created = before
        elif request.method == "DELETE":
            self.created = {key: None for key in before if key not in records}
        return TargetResponse(response.status_code, self.json_of(response))

    def create(self, calls: Calls) -> list[TargetResponse]:
        """Create the records that exist before a case."""
        return [self.send(custify_call("POST", path, body)) for path, body in calls]

    def call(self, method: str, path: str, params: Any, body: Json = None) -> requests.Response:
        """Make a call and return its response; raise CannotRunError if there is none."""
        return response_to(
            lambda: self.session.request(
                method, self.url + path, json=body, params=params, headers=self.authorization, timeout=TIMEOUT
            ),
            self.url,
        )

    def remember(self, body: Any) -> None:
        """Remember the people and the companies that a message or a body names."""
        if not isinstance(body, dict):
            return
        for query, names in (("user_id", USER_IDS), (EMAIL, (EMAIL,))):
            for name in names:
                if self.is_own(value := as_text(body.get(name))):
                    self.people[query, value] = self.example
        links = body.get("companies")
        for entry in (body, *(links if isinstance(links, list) else ())):
            named = entry.get("company_id") or entry.get("groupId") if isinstance(entry, dict) else None
            if self.is_own_record(value := as_text(named)):
                self.companies[value] = self.example

    def observe(self, api_key: str = API_KEY) -> ObservedState:  # noqa: ARG002 - there is only one key
        """Return the people and the companies of the current example; each is read by its id."""
        company_ids = [name for name, example in self.companies.items() if example == self.example]
        companies = [found for name in company_ids for found in self.read_company(name)]
        by_id = {company["id"]: company["company_id"] for company in companies}
        queries = [key for key, example in self.people.items() if example == self.example]
        found = {person["id"]: person for query in queries for person in self.read_person(*query)}
        people = [
            {**plain(person), "companies": sorted(by_id.get(key, key) for key in person["companies"])}
            for person in found.values()
        ]
        listed = [{**plain(one), "people": member_names(people, one["company_id"])} for one in companies]
        return ObservedState(tuple(people), tuple(listed), None, None)

    def read_person(self, query: str, name: str) -> list[Json]:
        """Return the people with a user_id or an email."""
        body = self.read("/people", {query: name})
        page = body[0] if isinstance(body, list) and body else body
        return list(page.get("people", [])) if isinstance(page, dict) else []

    def read_company(self, name: str) -> list[Json]:
        """Return the companies with a company_id."""
        page = self.read("/company", {"company_id": name})
        return list(page.get("companies", [])) if isinstance(page, dict) else []

    def read(self, path: str, params: dict[str, str]) -> Json:
        """Return the body of a read; raise CannotRunError if the key is refused."""
        response = self.call("GET", path, params)
        if response.status_code in KEY_REFUSED:
            raise CannotRunError(f"{self.url} refuses the API key: give the right one with --api-key")
        return self.json_of(response)

    def json_of(self, response: requests.Response) -> Json:
        """Return the body of a response, None if it is empty; raise CannotRunError if it is not JSON."""
        self.key_accepted = self.key_accepted or response.status_code not in KEY_REFUSED
        try:
            return json.loads(response.text.replace(self.api_key, "KEY")) if response.content else None
        except ValueError as error:
            answer = f"{response.status_code} {response.text[:200].replace(self.api_key, 'KEY')!r}"
            raise CannotRunError(f"{self.url} answered {answer}: this is not a Custify response") from error

    def close(self, *, posted: bool = True) -> None:
        """Delete the people and companies that the run created.

        With `posted`, a transformer may have posted companies itself: those that the run named are looked up.
        """
        if not self.key_accepted:
            return
        self.unseen |= set(self.companies) if posted else set()
        self.people.clear()
        self.companies.clear()
        for key in list(self.created):
            if self.delete(*key):
                del self.created[key]
                self.unseen.discard(key[2])
        for name in sorted(self.unseen):
            if self.delete(COMPANY, "company_id", name, look=True):
                self.unseen.discard(name)

    @property
    def left(self) -> list[str]:
        """Return the names of the records that are not deleted; none if the key was never accepted."""
        return [*(name for _, _, name in self.created), *self.unseen] if self.key_accepted else []

    def delete(self, path: str, query: str, name: str, *, look: bool = False) -> bool:
        """Delete one record; return whether it does not exist any more.

        The call is left out if a `look` shows no record. It always looks for an email: the person may have
        got a user_id, and be deleted.
        """
        try:
            if query == EMAIL and not self.read_person(query, name):
                return True
            if look and not self.read_company(name):
                return True
            response = self.call("DELETE", path, {query: name})
        except CannotRunError:
            return False
        return response.ok or response.status_code == requests.codes.not_found


def plain(record: Json) -> Json:
    """Return a person or a company without empty, internal and computed fields."""
    return {
        name: value
        for name, value in record.items()
        if name not in HIDDEN and value not in (None, []) and not name.endswith(("Names", "seen_at"))
    }
