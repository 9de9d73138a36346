"""Faulty fakes: ours with one mistake, written as a change of requests or answers.

Each fault names the law that must find it, alone, with 100 examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from custify_contract.run.in_process import InProcessCustify
from custify_contract.targets import TargetResponse, custify_call
from custify_transformer import HttpRequest

if TYPE_CHECKING:
    from custify_contract.targets import Calls

BAD_REQUEST = 400
PERSON, COMPANY, EVENT = "POST /people", "POST /company", "POST /event"
Send = Callable[[HttpRequest], TargetResponse]
Wrapper = Callable[[Send, HttpRequest], TargetResponse]


@dataclass(frozen=True)
class FakeFault:
    """A fault, and the law that must find it."""

    name: str
    law: str
    wrap: Wrapper


class FaultyCustify(InProcessCustify):
    """Our fake with one fault."""

    def __init__(self, fault: FakeFault) -> None:
        super().__init__()
        self.fault = fault

    def send(self, request: HttpRequest) -> TargetResponse:
        """Send a request to the faulty fake."""
        return self.fault.wrap(super().send, request)

    def create(self, calls: Calls) -> list[TargetResponse]:
        """Create existing records with calls, which meet the fault too."""
        return [self.send(custify_call("POST", path, body)) for path, body in calls]


def key_of(request: HttpRequest) -> str:
    """Return the API key of a request."""
    return request.headers["Authorization"].removeprefix("Bearer ")


def path_of(request: HttpRequest) -> str:
    """Return the path of a request."""
    return request.endpoint.partition("custify.com")[2]


def reading(call: str, change: Callable[[dict[str, Any]], Any]) -> Wrapper:
    """Return a fault that reads the body of a call ("POST /people") differently."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        if f"{request.method} {path_of(request)}" != call or not isinstance(request.body, dict):
            return send(request)
        body = dict(request.body)
        change(body)
        return send(replace(request, body=body))

    return wrap


def also(call: str, follow: Callable[[HttpRequest], HttpRequest | None]) -> Wrapper:
    """Return a fault that makes one more call after a call."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        response = send(request)
        if (
            f"{request.method} {path_of(request)}" == call
            and (response.ok or "event" in call)
            and (more := follow(request))
        ):
            send(more)
        return response

    return wrap


def answering(call: str, change: Callable[[TargetResponse], TargetResponse]) -> Wrapper:
    """Return a fault that answers a call differently."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        response = send(request)
        return change(response) if f"{request.method} {path_of(request)}".startswith(call) else response

    return wrap


def losing(call: str, field: str) -> Wrapper:
    """Return a fault that does not store a field."""
    return reading(call, lambda body: body.pop(field, None) if len(body) > 1 else None)


def also_post(path: str, body: Callable[[dict[str, Any]], dict[str, Any] | None], call: str = "") -> Wrapper:
    """Return a fault that makes a second call to a path."""

    def follow(request: HttpRequest) -> HttpRequest | None:
        more = body(request.body)
        return custify_call("POST", path, more, key_of(request)) if more else None

    return also(call or f"POST {path}", follow)


def ignoring(call: str) -> Wrapper:
    """Return a fault that accepts a call and does nothing."""

    def wrap(send: Send, request: HttpRequest) -> TargetResponse:
        if f"{request.method} {path_of(request)}" == call:
            return TargetResponse(200, {})
        return send(request)

    return wrap


def one_key(send: Send, request: HttpRequest) -> TargetResponse:
    """Write everything into one workspace."""
    return send(replace(request, headers={**request.headers, "Authorization": "Bearer contract-key"}))


def deduplicating_by_name(body: dict[str, Any]) -> None:
    """Take the name of an event as its deduplication_id."""
    body["deduplication_id"] = body.get("name")


def half_refusal(send: Send, request: HttpRequest) -> TargetResponse:
    """Write the name before the rest is refused."""
    response = send(request)
    body = request.body if isinstance(request.body, dict) else {}
    if response.status == BAD_REQUEST and "user_id" in body and path_of(request) == "/people":
        send(replace(request, body={"user_id": body["user_id"], "name": "Half"}))
    return response


def page_from_zero(send: Send, request: HttpRequest) -> TargetResponse:
    """Count pages from 0."""
    params = dict(request.params)
    if "page" in params and params["page"] > 1:
        params["page"] -= 1
    return send(replace(request, params=params))


def with_params(name: str, value: Any) -> Wrapper:
    """Return a fault that ignores a query parameter."""
    return lambda send, request: send(
        replace(request, params={**request.params, name: value} if name in request.params else request.params)
    )


def counting_writes() -> Wrapper:
    """Return a fault that counts the writes of people in one of their attributes."""
    number = count()
    return reading(PERSON, lambda body: body.update(custom_attributes={"writes": next(number)}))


def linked(body: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    """Return the links of a body with changes."""
    return [{**link, **changes} for link in body.get("companies", ()) if isinstance(link, dict)]


def emails_from_user(body: dict[str, Any]) -> None:
    """Find people by email first."""
    if "email" in body and "user_id" in body:
        del body["user_id"]


WHOLE_PERSON, WHOLE_COMPANY, WHOLE_EVENT = "identify.updates", "group.company-then-person", "track.one-event"
LOST = (
    (PERSON, "phone", "identify.phone"),
    (PERSON, "session_count", "identify.session_count"),
    (PERSON, "unsubscribed_from_emails", "identify.unsubscribed_from_emails"),
    (PERSON, "unsubscribed_from_calls", "identify.unsubscribed_from_calls"),
    (PERSON, "name", "identify.name"),
    (PERSON, "signed_up_at", "identify.signed_up_at"),
    (PERSON, "email", "identify.email"),
    (PERSON, "custom_attributes", "identify.custom_attributes"),
    (PERSON, "companies", "association.exists.yes-yes"),
    (PERSON, "$unset", "api.unset"),
    (COMPANY, "name", "group.name"),
    (COMPANY, "industry", "group.industry"),
    (COMPANY, "size", "group.size"),
    (COMPANY, "website", "group.website"),
    (COMPANY, "plan", "group.plan"),
    (COMPANY, "monthly_revenue", "group.monthly_revenue"),
    (COMPANY, "churned", "group.churned"),
    (COMPANY, "custom_attributes", "group.custom_attributes"),
    (COMPANY, "parent_companies", "api.parents"),
    (EVENT, "deduplication_id", "track.deduplication"),
    (EVENT, "company_id", "track.company"),
    (EVENT, "metadata", WHOLE_EVENT),
    (EVENT, "email", "api.events"),
)
FAKE_FAULTS: tuple[FakeFault, ...] = (
    *(FakeFault(f"{call} loses {field}", law, losing(call, field)) for call, field, law in LOST),
    FakeFault(
        "remove is ignored",
        "removal.dissociates",
        reading(PERSON, lambda b: b.update(companies=linked(b, remove=False))),
    ),
    FakeFault(
        "every link is removed",
        "association.exists.no-no",
        reading(PERSON, lambda b: b.update(companies=linked(b, remove=True))),
    ),
    FakeFault(
        "only the first link counts",
        "api.links",
        reading(PERSON, lambda b: b.update(companies=linked(b)[:1])),
    ),
    FakeFault(
        "only the last link counts",
        "api.links",
        reading(PERSON, lambda b: b.update(companies=linked(b)[-1:])),
    ),
    FakeFault(
        "a person is in one more company",
        "association.exists.yes-yes",
        reading(
            PERSON,
            lambda b: (
                b.update(companies=[*linked(b), {"company_id": "extra"}]) if b.get("companies") else None
            ),
        ),
    ),
    FakeFault(
        "a removal removes all",
        "removal.dissociates",
        also_post(
            "/people",
            lambda b: (
                {"user_id": b.get("user_id"), "companies": [{"company_id": "kept", "remove": True}]}
                if any(link.get("remove") for link in b.get("companies", ()))
                else None
            ),
        ),
    ),
    FakeFault(
        "a company is made twice",
        "association.exists.no-no",
        also_post("/company", lambda b: {"company_id": f"{b['company_id']} 2"}),
    ),
    FakeFault(
        "a person is made twice",
        "identify.creates",
        also_post("/people", lambda b: {"user_id": f"{b['user_id']} 2"} if b.get("user_id") else None),
    ),
    FakeFault(
        "an event makes a person",
        "track.stranger",
        also_post("/people", lambda b: {"user_id": b.get("user_id")} if b.get("user_id") else None, EVENT),
    ),
    FakeFault(
        "an event makes its company",
        WHOLE_EVENT,
        also_post(
            "/company", lambda b: {"company_id": b["company_id"]} if b.get("company_id") else None, EVENT
        ),
    ),
    FakeFault("an event comes twice", WHOLE_EVENT, also_post("/event", dict)),
    FakeFault("an event is lost", WHOLE_EVENT, ignoring(EVENT)),
    FakeFault("a company is lost", "group.company-then-person", ignoring(COMPANY)),
    FakeFault("a person is lost", "identify.creates", ignoring(PERSON)),
    FakeFault("people are found by email first", "api.shared-email", reading(PERSON, emails_from_user)),
    FakeFault(
        "an email finds nobody",
        "identify.by-email",
        reading(
            PERSON, lambda b: b.update(user_id=b["email"]) if "user_id" not in b and "email" in b else None
        ),
    ),
    FakeFault("deduplication by name", "track.no-deduplication", reading(EVENT, deduplicating_by_name)),
    FakeFault(
        "event names are in lower case",
        "track.name",
        reading(EVENT, lambda b: b.update(name=str(b.get("name")).lower())),
    ),
    FakeFault(
        "events of an email are dropped", "track.email", reading(EVENT, lambda b: b.pop("email", None))
    ),
    FakeFault(
        "user ids are in lower case",
        "identify.user_id",
        reading(PERSON, lambda b: b.update(user_id=f"{b['user_id']}".swapcase()) if "user_id" in b else None),
    ),
    FakeFault("a refused call is half applied", "api.bad-value", half_refusal),
    FakeFault(
        "refusals have no reason",
        "api.bad-value",
        answering("POST", lambda r: r if r.ok else TargetResponse(r.status, {})),
    ),
    FakeFault(
        "refusals are 422",
        "api.bad-value",
        answering("POST", lambda r: r if r.ok else TargetResponse(422, r.body)),
    ),
    FakeFault(
        "bad values are accepted", "api.bad-value", answering("POST", lambda r: TargetResponse(200, r.body))
    ),
    FakeFault(
        "what is missing is 200",
        "api.deletes-people",
        answering("DELETE", lambda r: TargetResponse(200, r.body)),
    ),
    FakeFault("people are not deleted", "api.deletes-people", ignoring("DELETE /people")),
    FakeFault("companies are not deleted", "api.deletes-companies", ignoring("DELETE /company")),
    FakeFault(
        "a deleted company takes its people",
        "api.deletes-companies",
        also("DELETE /company", lambda r: custify_call("DELETE", "/people", None, key_of(r), user_id="u1")),
    ),
    FakeFault("pages count from 0", "api.pages", page_from_zero),
    FakeFault("the page size is ignored", "api.pages", with_params("itemsPerPage", 20)),
    FakeFault(
        "a page is 10 records",
        "api.pages",
        lambda send, request: send(
            replace(request, params={"itemsPerPage": 10, **request.params})
            if path_of(request).endswith("/all")
            else request
        ),
    ),
    FakeFault(
        "people are not found by email",
        "api.reads",
        answering("GET /people", lambda _: TargetResponse(404, None)),
    ),
    FakeFault("one workspace for all keys", "workspaces.apart", one_key),
    FakeFault(
        "attributes replace each other",
        "api.attributes",
        reading(
            COMPANY,
            lambda b: (
                b.update({"$unset": ["custom_attributes.region"]})
                if "custom_attributes" in b and "region" not in b["custom_attributes"]
                else None
            ),
        ),
    ),
    FakeFault(
        "null does not remove an attribute",
        "api.clears-attributes",
        reading(
            COMPANY,
            lambda b: (
                b.update(custom_attributes={k: v for k, v in b["custom_attributes"].items() if v is not None})
                if "custom_attributes" in b
                else None
            ),
        ),
    ),
    FakeFault(
        "a removed parent stays",
        "api.parents",
        reading(
            COMPANY,
            lambda b: (
                b.update(parent_companies=[{**link, "remove": False} for link in b["parent_companies"]])
                if "parent_companies" in b
                else None
            ),
        ),
    ),
    FakeFault(
        "session counts are summed",
        "identify.updates",
        reading(
            PERSON,
            lambda b: (
                b.update(session_count=b["session_count"] + 1)
                if isinstance(b.get("session_count"), int)
                else None
            ),
        ),
    ),
    FakeFault(
        "a new company is churned",
        "association.exists.no-no",
        reading(COMPANY, lambda b: b.setdefault("churned", True)),
    ),
    FakeFault(
        "false is not stored",
        "identify.updates",
        reading(
            PERSON,
            lambda b: b.pop("unsubscribed_from_calls") if b.get("unsubscribed_from_calls") is False else None,
        ),
    ),
    FakeFault(
        "zero is not stored",
        "group.size",
        reading(COMPANY, lambda b: b.pop("size") if b.get("size") == 0 else None),
    ),
    FakeFault(
        "an email names another person",
        "api.identifies",
        reading(PERSON, lambda b: b.update(email=f"x{b['email']}") if "email" in b else None),
    ),
    FakeFault("an event by email is of nobody", "api.event-by-shared-email", losing(EVENT, "email")),
    FakeFault(
        "an old email stays taken",
        "api.renames",
        also_post(
            "/people", lambda b: {"email": "p1@example.com"} if b.get("email") == "p1b@example.com" else None
        ),
    ),
    FakeFault(
        "the type of an attribute changes",
        "api.fixed-types",
        also_post(
            "/people",
            lambda b: (
                {
                    "email": "p3@example.com",
                    "custom_attributes": {f"plan {b['custom_attributes']['plan']}": 1},
                }
                if "plan" in b.get("custom_attributes", {}) and {*b} == {"email", "custom_attributes"}
                else None
            ),
        ),
    ),
    FakeFault("valid links of a refused call are kept", "api.half-links", half_refusal),
    FakeFault(
        "a deleted person is remembered",
        "api.forgets",
        also(
            "DELETE /people",
            lambda r: custify_call("POST", "/people", {**r.params, "name": "Old"}, key_of(r)),
        ),
    ),
    FakeFault("each write of a person counts", "repeat.identify", counting_writes()),
)
