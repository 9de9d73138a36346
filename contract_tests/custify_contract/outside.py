"""A Custify of somebody else, behind a URL; what was made there is taken away again."""

from __future__ import annotations

import time
from shlex import quote
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from custify_contract.snapshot import Snapshot
from custify_contract.targets import API_KEY, CannotRunError, Reply, members

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_contract.snapshot import Json
    from custify_transformer import HttpRequest

TIMEOUT: Final = 10
PATIENCE: Final = 5.0  # seconds until a write must be readable
RETRIES: Final = 6
BUSY: Final = (429, 503)
REFUSED: Final = (401, 403)
IDS: Final = frozenset(
    {"userId", "anonymousId", "groupId", "messageId", "organization_id", "company_id", "companyId", "user_id"}
)
EMAIL: Final = "email"
NOT_KEPT: Final = frozenset(
    {"id", "_id", "customer_id", "created_at", "updated_at", "last_request_at", "companies", "mrr", "metrics"}
)


class OutsideCustify:
    """A Custify behind a URL: another fake, or the sandbox of a real account.

    Every example has ids of its own, so nothing has to be emptied and nothing of others is touched. What was
    named in a message or a request is read back by its id, and deleted by `close`.
    """

    shows_all = False

    def __init__(self, url: str, api_key: str, patience: float = PATIENCE) -> None:
        self.url = url.rstrip("/")
        self.options = f"--custify {quote(self.url)} --api-key KEY"
        self.api_key = api_key
        self.patience = patience
        self.run = f"mc{time.time_ns():x}"
        self.example = 0
        self.answers = False
        self.session = patient_session()
        self.people: dict[tuple[str, str], int] = {}
        self.companies: dict[str, int] = {}

    def reset(self) -> None:
        """Begin an example with fresh ids."""
        self.example += 1

    @property
    def mark(self) -> str:
        """Return what every id of the example begins with."""
        return f"{self.run}-{self.example}-"

    @property
    def authorization(self) -> dict[str, str]:
        """Return the header that proves who asks."""
        return {"Authorization": f"Bearer {self.api_key}"}

    def send(self, request: HttpRequest) -> Reply:
        """Deliver a request with the key of the account; remember whom it names."""
        self.remember(request.body)
        path = urlsplit(request.endpoint)
        headers = {**self.authorization, "Content-Type": "application/json"}
        answer = reached(
            lambda: self.session.request(
                request.method,
                self.url + path.path,
                json=request.body,
                params=request.params,
                headers=headers,
                timeout=TIMEOUT,
            ),
            self.url,
        )
        return Reply(answer.status_code, self.json_of(answer))

    def rename(self, message: Any) -> Any:
        """Return a message or a body with every id and email marked as this example's."""
        if isinstance(message, list):
            return [self.rename(part) for part in message]
        if not isinstance(message, dict):
            return message
        renamed = {name: self.own(name, value) for name, value in message.items()}
        self.remember(renamed)
        return renamed

    def own(self, name: str, value: Any) -> Any:
        """Return the value of a field: an id with the mark, once; the id of a company object, too."""
        if name == "company" and isinstance(value, dict) and "id" in value:
            return {**value, "id": self.marked(value["id"])}
        if name in IDS or name == EMAIL:
            return self.marked(value)
        return self.rename(value)

    def marked(self, value: Any) -> Any:
        """Return an id that begins with the mark; what is no id stays."""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            return value
        return value if str(value).startswith(self.mark) else f"{self.mark}{value}"

    def remember(self, body: Any) -> None:
        """Note the people and the companies that a message or a body names."""
        if not isinstance(body, dict):
            return
        for query, names in (("user_id", ("userId", "anonymousId", "user_id")), (EMAIL, (EMAIL,))):
            for name in names:
                if isinstance(body.get(name), str) and body[name].startswith(self.run):
                    self.people[query, body[name]] = self.example
        for entry in (body, *(body.get("companies") or ())):
            named = entry.get("company_id") or entry.get("groupId") if isinstance(entry, dict) else None
            if isinstance(named, str):
                self.companies[named] = self.example

    def snapshot(self, api_key: str = API_KEY) -> Snapshot:  # noqa: ARG002 - one key is all there is
        """Return the people and the companies of this example, read one by one."""
        companies = [
            found
            for name, made in self.companies.items()
            if made == self.example
            for found in self.company(name)
        ]
        by_id = {company["id"]: company["company_id"] for company in companies}
        found = {
            person["id"]: person
            for key, made in self.people.items()
            if made == self.example
            for person in self.person(*key)
        }
        people = [
            shown(person, [by_id.get(key, key) for key in person["companies"]]) for person in found.values()
        ]
        listed = [{**shown(one), "people": members(people, one["company_id"])} for one in companies]
        return Snapshot(tuple(people), tuple(listed), None, None)

    def person(self, query: str, name: str) -> list[Json]:
        """Return the people on record with a user id or an email."""
        reply = self.read("/people", {query: name})
        page = reply[0] if isinstance(reply, list) and reply else reply
        return list(page.get("people", [])) if isinstance(page, dict) else []

    def company(self, name: str) -> list[Json]:
        """Return the companies on record with a company_id."""
        page = self.read("/company", {"company_id": name})
        return list(page.get("companies", [])) if isinstance(page, dict) else []

    def read(self, path: str, params: dict[str, str]) -> Json:
        """Return the body of a read; raise CannotRunError when it is refused."""
        url, headers = self.url + path, self.authorization
        answer = reached(lambda: self.session.get(url, params=params, headers=headers, timeout=TIMEOUT), url)
        if answer.status_code in REFUSED:
            raise CannotRunError(f"{self.url} refuses the key: give the right one with --api-key")
        return self.json_of(answer)

    def json_of(self, answer: requests.Response) -> Json:
        """Return the body of an answer, None when it has none; raise CannotRunError when it is no JSON."""
        self.answers = self.answers or answer.status_code not in REFUSED
        try:
            return answer.json() if answer.content else None
        except ValueError as error:
            said = f"{answer.status_code} {answer.text[:200]!r}"
            raise CannotRunError(f"{self.url} answered {said}: that is no Custify's answer") from error

    def close(self) -> None:
        """Delete everybody and every company that the run named and that is not deleted yet."""
        for key in list(self.people) if self.answers else ():
            if self.forget("/people", *key):
                del self.people[key]
        for name in list(self.companies) if self.answers else ():
            if self.forget("/company", "company_id", name):
                del self.companies[name]

    @property
    def left(self) -> list[str]:
        """Return the names of what is not deleted; where nobody ever answered, nothing was made."""
        return [*(name for _, name in self.people), *self.companies] if self.answers else []

    def forget(self, path: str, query: str, name: str) -> bool:
        """Delete one record, which may be gone already; tell whether it is gone."""
        try:
            answer = self.session.delete(
                self.url + path,
                params={query: name},
                headers=self.authorization,
                timeout=TIMEOUT,
            )
        except requests.RequestException:
            return False
        return answer.ok or answer.status_code == requests.codes.not_found


def patient_session() -> requests.Session:
    """Return a session that waits as long as a 429 or a 503 asks for, and tries again."""
    again = Retry(
        connect=0,
        read=0,
        status=RETRIES,
        backoff_factor=0.5,
        status_forcelist=BUSY,
        allowed_methods=None,
        raise_on_status=False,
    )
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def reached(ask: Callable[[], requests.Response], url: str) -> requests.Response:
    """Return an answer; raise CannotRunError when there is none."""
    try:
        return ask()
    except requests.RequestException as error:
        raise CannotRunError(f"{url} does not answer{why(error)}") from error


def why(error: requests.RequestException) -> str:
    """Return the end of a sentence that says why there is no answer, in the words of its reader."""
    if isinstance(error, requests.exceptions.SSLError):
        return " over TLS with a certificate that is trusted here"
    if isinstance(error, requests.Timeout):
        return f" within {TIMEOUT} seconds"
    return ": is the server running there?"


def shown(record: Json, companies: list[str] | None = None) -> Json:
    """Return a record as snapshots show it: without internal ids, times, computed and empty fields."""
    kept = {
        name: value
        for name, value in record.items()
        if name not in NOT_KEPT
        and value is not None
        and value != []
        and not name.endswith(("Names", "seen_at"))
    }
    return {**kept, **({} if companies is None else {"companies": sorted(companies)})}
