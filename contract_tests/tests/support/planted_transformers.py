"""Faulty transformers: ours with one mistake, written as a change of the message or of the requests.

Each fault names the law that must find it, alone, with 100 examples. The faults know no code of the
transformer, so they stay true when it is rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import count
from math import inf
from typing import Any

from custify_contract.rules import tables
from custify_contract.rules.values import at
from custify_contract.run.in_process import InProcessTransformer
from custify_contract.strategies.edge_values import set_value
from custify_contract.targets import MessageRefusedError
from custify_transformer import HttpRequest

Requests = tuple[HttpRequest, ...]
Transform = Callable[[Any, Any], Requests]
Wrapper = Callable[[Transform, Any, Any], Requests]


@dataclass(frozen=True)
class Fault:
    """A fault, and the law that must find it."""

    name: str
    law: str
    wrap: Wrapper


class FaultyTransformer(InProcessTransformer):
    """Our transformer with one fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault

    def transform(self, message: Any, settings: Any) -> Requests:
        """Return the requests of the faulty transformer."""
        return self.fault.wrap(super().transform, message, settings)


def on_message(change: Callable[[dict[str, Any]], Any]) -> Wrapper:
    """Return a fault that changes a copy of the message first."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        if not isinstance(message, dict):
            return transform(message, settings)
        changed = deepcopy(message)
        return transform(change(changed) or changed, settings)

    return wrap


def on_settings(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Wrapper:
    """Return a fault that reads the settings differently."""
    return lambda transform, message, settings: transform(message, change(dict(settings)))


def on_body(path: str, change: Callable[[dict[str, Any], Any], Any]) -> Wrapper:
    """Return a fault that changes the body of the requests to a path."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        for request in found:
            if request.endpoint.endswith(path):
                change(request.body, message)
        return found

    return wrap


def on_requests(change: Callable[[Requests], Any]) -> Wrapper:
    """Return a fault that changes the requests as a whole."""
    return lambda transform, message, settings: tuple(change(transform(message, settings)))


def accepting(reason: str) -> Wrapper:
    """Return a fault that does not refuse messages for a reason."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        try:
            return transform(message, settings)
        except MessageRefusedError as refusal:
            if reason not in str(refusal):
                raise
            return ()

    return wrap


def without(path: str, kind: str = "") -> Wrapper:
    """Return a fault that never reads a path."""
    return on_message(
        lambda message: None if kind not in str(message.get("type")).lower() else drop(message, path)
    )


def drop(message: dict[str, Any], path: str) -> None:
    """Take the value at a path away."""
    outer = path.rpartition(".")[0]
    if not outer or isinstance(at(message, outer), dict):
        set_value(message, path, ...)


def put(message: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a path, whatever stands on the way."""
    outer = path.split(".")[:-1]
    for length in range(1, len(outer) + 1):
        if not isinstance(at(message, ".".join(outer[:length])), dict):
            set_value(message, ".".join(outer[:length]), {})
    set_value(message, path, value)


def preferring(path: str, first: str, kind: str) -> Wrapper:
    """Return a fault that reads `path` before `first`."""

    def change(message: dict[str, Any]) -> None:
        value = at(message, path)
        if kind in str(message.get("type")).lower() and not (
            value in {None, "", inf} if is_hashable(value) else True
        ):
            put(message, first, value)

    return on_message(change)


def is_hashable(value: Any) -> bool:
    """Return whether a value is a scalar."""
    return not isinstance(value, (dict, list))


def edit(field: str, change: Callable[[Any], Any]) -> Callable[[dict[str, Any], Any], None]:
    """Return a change of one field of a body, if the body has it; `...` takes it away."""

    def apply(body: dict[str, Any], _message: Any) -> None:
        if field in body:
            set_value(body, field, change(body[field]))

    return apply


def faults_of_row(kind: str, path: str, law: str, field: str, paths: tuple[str, ...]) -> Iterator[Fault]:
    """Yield the mistakes that can be made in a row of a table."""
    name = law.removesuffix(".edges")
    yield Fault(f"{name} is lost", law, on_body(path, edit(field, lambda _: ...)))
    yield Fault(f"{name} becomes text", law, on_body(path, edit(field, str)))
    yield Fault(
        f"{name} loses 0", law, on_body(path, edit(field, lambda v: ... if v == 0 and v is not False else v))
    )
    yield Fault(f"{name} loses false", law, on_body(path, edit(field, lambda v: ... if v is False else v)))
    yield Fault(f"{name} writes true as 1", law, on_body(path, edit(field, lambda v: 1 if v is True else v)))
    yield Fault(
        f"{name} is trimmed",
        law,
        on_body(path, edit(field, lambda v: v.strip() if isinstance(v, str) else v)),
    )
    yield Fault(
        f"{name} is cut", law, on_body(path, edit(field, lambda v: v[:255] if isinstance(v, str) else v))
    )
    yield Fault(f"{name} has a default", law, on_body(path, lambda body, _: body.setdefault(field, "none")))
    for place in paths:
        yield Fault(f"{name} does not read {place}", law, without(place, kind))
    for place in paths[1:]:
        yield Fault(f"{name} reads {place} first", law, preferring(place, paths[0], kind))


def row_faults() -> Iterator[Fault]:
    """Yield the mistakes of every row of the tables."""
    rows = (
        ("identify", "/people", "identify", tables.PERSON),
        ("group", "/company", "group.company", tables.COMPANY),
        ("group", "/people", "group.member", tables.MEMBER),
    )
    for kind, path, law, table in rows:
        for field, paths in table.items():
            yield from faults_of_row(kind, path, f"{law}.{field}.edges", field, paths)


def id_faults() -> Iterator[Fault]:
    """Yield the mistakes that can be made with ids and emails."""
    places = (
        ("identify", "/people", "user_id", "identify.user-id-places", tables.USER_ID),
        ("track", "/event", "user_id", "track.user-id-places", tables.USER_ID),
        ("group", "/people", "user_id", "group.user-id-places", tables.MEMBER_ID),
        ("identify", "/people", "email", "identify.email-places", ("traits.email", "context.traits.email")),
        ("track", "/event", "email", "track.email-places", tables.EVENT_EMAIL),
        ("group", "/people", "email", "group.email-places", ("context.traits.email",)),
        ("track", "/event", "company_id", "track.company-places", tables.EVENT_COMPANY),
        ("group", "/company", "company_id", "group.id-places", ("groupId", "traits.groupId")),
    )
    for kind, path, field, law, paths in places:
        name = f"{kind}.{field}"
        yield Fault(f"{name} is lost", law, on_body(path, edit(field, lambda _: ...)))
        yield Fault(f"{name} in lower case", law, on_body(path, edit(field, str.lower)))
        yield Fault(f"{name} is trimmed", law, on_body(path, edit(field, str.strip)))
        yield Fault(f"{name} is cut", law, on_body(path, edit(field, lambda v: v[:100])))
        if field != "email":
            yield Fault(
                f"{name} as a number", law, on_body(path, edit(field, lambda v: int(v) if v.isdigit() else v))
            )
        for place in paths:
            yield Fault(f"{name} does not read {place}", law, without(place, kind))
        for place in paths[1:]:
            yield Fault(f"{name} reads {place} first", law, preferring(place, paths[0], kind))


def true_to_text(message: dict[str, Any], path: str) -> None:
    """Make an id of a boolean."""
    if isinstance(at(message, path), bool):
        put(message, path, str(at(message, path)).lower())


def remove_as(convert: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that reads company.remove with `convert`."""

    def change(message: dict[str, Any]) -> None:
        for place in ("traits.company", "context.traits.company"):
            company = at(message, place)
            if isinstance(company, dict) and "remove" in company:
                company["remove"] = convert(company["remove"])

    return on_message(change)


def doubled(requests: Requests) -> Requests:
    """Return the requests with the last one twice."""
    return (*requests, *requests[-1:])


def with_request(**changes: Any) -> Wrapper:
    """Return a fault that changes every request."""
    return on_requests(lambda found: (replace(one, **changes) for one in found))


def with_header(name: str, value: str | None) -> Wrapper:
    """Return a fault that sets a header, or takes it away."""

    def changed(request: HttpRequest) -> HttpRequest:
        headers = {key: kept for key, kept in request.headers.items() if key != name}
        return replace(request, headers=headers if value is None else {**headers, name: value})

    return on_requests(lambda found: map(changed, found))


def remembering() -> Wrapper:
    """Return a fault that keeps a field of an earlier message."""
    kept: dict[str, Any] = {}

    def change(body: dict[str, Any], _message: Any) -> None:
        kept.update({"name": body["name"]} if "name" in body else {})
        body.update(kept)

    return on_body("/people", change)


def changing_message(transform: Transform, message: Any, settings: Any) -> Requests:
    """Write a time into the message itself."""
    found = transform(message, settings)
    if isinstance(message, dict):
        message["receivedAt"] = "2026-01-01T00:00:00.000Z"
    return found


def key_checked_last(transform: Transform, message: Any, settings: Any) -> Requests:
    """Check the message before the key."""
    transform(message, {**settings, "apiKey": "k"})
    return transform(message, settings)


def changing_settings(transform: Transform, message: Any, settings: Any) -> Requests:
    """Write into the settings themselves."""
    found = transform(message, settings)
    settings["used"] = True
    return found


def cached_bodies() -> Wrapper:
    """Return a fault that gives the same body object to equal messages."""
    cache: dict[str, Requests] = {}

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        key = repr((message, settings))
        cache[key] = cache.get(key) or transform(message, settings)
        return cache[key]

    return wrap


def swap_traits(message: dict[str, Any]) -> None:
    """Let context.traits win over traits."""
    traits, context = message.get("traits"), at(message, "context.traits")
    if isinstance(traits, dict) and isinstance(context, dict) and message.get("type") == "identify":
        own = {key: value for key, value in traits.items() if key not in context}
        message["traits"] = {**own, **context}


def new_company_each_time() -> Wrapper:
    """Return a fault that makes a new company for each delivery of a group without groupId."""
    number = count()

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        if isinstance(message, dict) and len(found) > 1 and not message.get("groupId"):
            company_id = f"{found[0].body['company_id']} {next(number)}"
            found[0].body["company_id"] = found[1].body["companies"][0]["company_id"] = company_id
        return found

    return wrap


def derived_from(*names: str) -> Wrapper:
    """Return a fault that derives the id of a company also from `names` of the message."""

    def change(message: dict[str, Any]) -> None:
        if message.get("type") == "group" and not message.get("groupId"):
            message["messageId"] = repr([message.get("messageId"), *(at(message, name) for name in names)])

    return on_message(change)


def not_derived_from(path: str) -> Wrapper:
    """Return a fault that derives the id of a company without a part of the message."""

    def wrap(transform: Transform, message: Any, settings: Any) -> Requests:
        found = transform(message, settings)
        if not isinstance(message, dict) or message.get("type") != "group" or message.get("groupId"):
            return found
        changed = deepcopy(message)
        drop(changed, path)
        try:
            company_id = transform({**changed, "userId": "u1"}, settings)[0].body["company_id"]
        except MessageRefusedError:
            return found
        found[0].body["company_id"] = found[1].body["companies"][0]["company_id"] = company_id
        return found

    return wrap


def only(kind: str, wrap: Wrapper) -> Wrapper:
    """Return a fault that only concerns one type of message."""
    return lambda transform, message, settings: (
        wrap(transform, message, settings)
        if isinstance(message, dict) and message.get("type") == kind
        else transform(message, settings)
    )


def attribute(path: str, change: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that changes each custom attribute or property."""

    def apply(body: dict[str, Any], _message: Any) -> None:
        for field in ("custom_attributes", "metadata"):
            changed = {key: change(value) for key, value in body.get(field, {}).items()}
            if field in body:
                body[field] = {key: value for key, value in changed.items() if value is not ...}

    return on_body(path, apply)


def without_names(path: str, *names: str) -> Wrapper:
    """Return a fault that drops custom attributes or properties by name."""

    def apply(body: dict[str, Any], _message: Any) -> None:
        for field in ("custom_attributes", "metadata"):
            for name in names:
                body.get(field, {}).pop(name, None)

    return on_body(path, apply)


def extra(path: str, **fields: Any) -> Wrapper:
    """Return a fault that adds fields to a body."""
    return on_body(path, lambda body, _: body.update(fields))


def from_message(path: str, field: str, place: str) -> Wrapper:
    """Return a fault that fills a missing field from a place that does not count."""

    def apply(body: dict[str, Any], message: Any) -> None:
        value = at(message, place)
        if field not in body and isinstance(value, (str, int, float)) and value != "":
            body[field] = value

    return on_body(path, apply)


def link_more(company: str) -> Wrapper:
    """Return a fault that also links a group to a remembered company."""

    def apply(body: dict[str, Any], message: Any) -> None:
        company_id = at(message, company)
        if message.get("type") == "group" and isinstance(company_id, str) and company_id.strip():
            body["companies"].append({"company_id": company_id, "remove": False})

    return on_body("/people", apply)


SWITCH = "sendAnonymousId"
OTHER_FAULTS = (
    Fault(
        "anonymousId is used without the setting",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: True}),
    ),
    Fault("the setting is ignored", "message.anonymous-id", on_settings(lambda s: {**s, SWITCH: False})),
    Fault(
        "the text false turns the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: bool(s.get(SWITCH))}),
    ),
    Fault(
        "the text true does not turn the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: s.get(SWITCH) is True}),
    ),
    Fault(
        "TRUE turns the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: str(s.get(SWITCH)).lower() == "true"}),
    ),
    Fault(
        "1 turns the setting on",
        "message.anonymous-id",
        on_settings(lambda s: {**s, SWITCH: s.get(SWITCH) in (True, "true", 1)}),
    ),
    Fault(
        "anonymousId wins over a user id in traits",
        "message.anonymous-beside-user",
        on_message(lambda m: None if m.get("userId") else put(m, "userId", m.get("anonymousId"))),
    ),
    Fault(
        "a numeric anonymousId is no id",
        "message.anonymous-id",
        on_message(lambda m: None if isinstance(m.get("anonymousId"), str) else drop(m, "anonymousId")),
    ),
    Fault(
        "a boolean names a person", "identify.user-id-places", on_message(lambda m: true_to_text(m, "userId"))
    ),
    Fault("a boolean names a company", "group.id-places", on_message(lambda m: true_to_text(m, "groupId"))),
    Fault(
        "a group is named by its traits",
        "group.names-no-person",
        on_message(
            lambda m: (
                put(m, "userId", at(m, "traits.userId"))
                if m.get("type") == "group" and not m.get("userId") and at(m, "traits.userId")
                else None
            )
        ),
    ),
    Fault(
        "a group takes the email of its traits",
        "group.names-no-person",
        only("group", from_message("/people", "email", "traits.email")),
    ),
    Fault("who is nobody is accepted", "refused.nobody", accepting("Email or userId")),
    Fault("a track without event is accepted", "refused.track-without-event", accepting('"event"')),
    Fault("a track without time is accepted", "track.time-edges", accepting("timestamp")),
    Fault("other types are accepted", "refused.type", accepting("not supported")),
    Fault("no key is accepted", "refused.no-api-key", accepting("apiKey")),
    Fault("a key beyond ASCII is accepted", "refused.any-key", accepting("printable")),
    Fault(
        "sentAt is a time",
        "track.time-edges",
        on_message(
            lambda m: (
                None
                if m.get("timestamp") or m.get("originalTimestamp")
                else put(m, "timestamp", m.get("sentAt"))
            )
        ),
    ),
    Fault(
        "a track has a default time",
        "track.time-edges",
        on_message(lambda m: m.setdefault("timestamp", "2026-01-01T00:00:00.000Z") and None),
    ),
    Fault(
        "the type must be lower case",
        "message.type",
        on_message(
            lambda m: {**m, "type": "page"} if m.get("type") not in ("identify", "track", "group") else None
        ),
    ),
    Fault(
        "the type is not trimmed",
        "message.type",
        on_message(
            lambda m: {**m, "type": "page"} if str(m.get("type")) != str(m.get("type")).strip() else None
        ),
    ),
    Fault("remove is any true value", "removal.any-value", remove_as(bool)),
    Fault("remove is never read", "removal.any-value", remove_as(lambda _: False)),
    Fault("the text true does not remove", "removal.any-value", remove_as(lambda v: v is True)),
    Fault(
        "remove is not sent as false",
        "removal.any-value",
        on_body(
            "/people",
            lambda body, _: [
                link.pop("remove") for link in body.get("companies", ()) if link.get("remove") is False
            ],
        ),
    ),
    Fault(
        "remove is text",
        "removal.any-value",
        on_body(
            "/people",
            lambda body, _: [link.update(remove=str(link["remove"])) for link in body.get("companies", ())],
        ),
    ),
    Fault(
        "the company of traits wins",
        "removal.company-places",
        preferring("traits.company.id", "context.traits.company.id", "identify"),
    ),
    Fault(
        "the company of traits is not read", "removal.company-places", without("traits.company", "identify")
    ),
    Fault(
        "the company of context.traits is not read",
        "removal.company-places",
        without("context.traits.company", "identify"),
    ),
    Fault(
        "a numeric company id stays a number",
        "removal.company-places",
        on_body(
            "/people",
            lambda body, _: [
                link.update(company_id=int(link["company_id"]))
                for link in body.get("companies", ())
                if link["company_id"].isdigit()
            ],
        ),
    ),
    Fault(
        "groupId links in an identify",
        "removal.odd-company",
        only(
            "identify",
            on_message(
                lambda m: put(m, "context.traits.company", {"id": m["groupId"]}) if "groupId" in m else None
            ),
        ),
    ),
    Fault(
        "a company that is text links",
        "removal.odd-company",
        only(
            "identify",
            on_message(
                lambda m: (
                    put(m, "traits.company", {"id": at(m, "traits.company")})
                    if isinstance(at(m, "traits.company"), str)
                    else None
                )
            ),
        ),
    ),
    Fault(
        "a group links to a remembered company, too",
        "group.remembered-company",
        link_more("context.traits.company.id"),
    ),
    Fault(
        "a group links to the company of its traits, too",
        "group.remembered-company",
        link_more("traits.company.id"),
    ),
    Fault(
        "a remembered company replaces the groupId",
        "group.remembered-company",
        on_message(
            lambda m: (
                put(m, "groupId", at(m, "context.traits.company.id"))
                if m.get("type") == "group"
                and isinstance(at(m, "context.traits.company.id"), str)
                and at(m, "context.traits.company.id").strip()
                else None
            )
        ),
    ),
    Fault(
        "a remembered remove parts",
        "group.remembered-company",
        on_body(
            "/people",
            lambda body, m: (
                body["companies"][0].update(remove=at(m, "context.traits.company.remove") is True)
                if m.get("type") == "group"
                else None
            ),
        ),
    ),
    Fault(
        "a group does not link",
        "group.id-places",
        only("group", on_body("/people", edit("companies", lambda _: ...))),
    ),
    Fault(
        "a group links to groupId in lower case",
        "group.id-places",
        only(
            "group",
            on_body(
                "/people",
                lambda body, _: body["companies"][0].update(
                    company_id=body["companies"][0]["company_id"].lower()
                ),
            ),
        ),
    ),
    Fault(
        "the company of a group is not sent",
        "group.company-then-person",
        on_requests(lambda found: found[-1:]),
    ),
    Fault(
        "the person of a group is not sent", "group.company-then-person", on_requests(lambda found: found[:1])
    ),
    Fault("the person of a group comes first", "group.company-then-person", on_requests(reversed)),
    Fault("each last request comes twice", "track.one-event", on_requests(doubled)),
    Fault("an identify is sent twice", "identify.whole", only("identify", on_requests(doubled))),
    Fault(
        "an event goes to people",
        "track.one-event",
        on_requests(
            lambda found: [replace(one, endpoint=one.endpoint.replace("/event", "/people")) for one in found]
        ),
    ),
    Fault(
        "a person goes to company",
        "identify.whole",
        only(
            "identify",
            on_requests(
                lambda found: [
                    replace(one, endpoint=one.endpoint.replace("/people", "/company")) for one in found
                ]
            ),
        ),
    ),
    Fault("the country of a removal is lost", "removal.dissociates", without_names("/people", "country")),
    Fault(
        "the company is posted twice",
        "group.whole",
        only("group", on_requests(lambda found: (found[0], *found))),
    ),
    Fault("an event has a source", "track.whole", extra("/event", source="rudderstack")),
    Fault(
        "a member has empty attributes",
        "group.odd-traits",
        only("group", on_body("/people", lambda body, _: body.setdefault("custom_attributes", {}))),
    ),
    Fault("the key is checked last", "refused.first-reason", key_checked_last),
    Fault("a message that is no object is accepted", "refused.no-object", accepting("not a JSON object")),
    Fault("PUT instead of POST", "message.envelope", with_request(method="PUT")),
    Fault(
        "http instead of https",
        "message.envelope",
        on_requests(
            lambda found: [replace(one, endpoint=one.endpoint.replace("https", "http")) for one in found]
        ),
    ),
    Fault(
        "another host",
        "message.envelope",
        on_requests(
            lambda found: [replace(one, endpoint=one.endpoint.replace("api.", "app.")) for one in found]
        ),
    ),
    Fault("a query parameter", "message.envelope", with_request(params={"v": "1"})),
    Fault("no Authorization", "message.envelope", with_header("Authorization", None)),
    Fault("a key without Bearer", "message.envelope", with_header("Authorization", "contract-key")),
    Fault("a fixed key", "message.envelope", with_header("Authorization", "Bearer contract-key")),
    Fault("no Content-Type", "message.envelope", with_header("Content-Type", None)),
    Fault(
        "another Content-Type",
        "message.envelope",
        with_header("Content-Type", "application/x-www-form-urlencoded"),
    ),
    Fault("no Accept", "message.envelope", with_header("Accept", None)),
    Fault("another Accept", "message.envelope", with_header("Accept", "application/json, text/plain, */*")),
    Fault("one more header", "message.envelope", with_header("X-Source", "rudderstack")),
    Fault("a field of an earlier message stays", "message.independent", remembering()),
    Fault("bodies are shared", "message.independent", cached_bodies()),
    Fault("the message is changed", "message.independent", changing_message),
    Fault("the settings are changed", "message.settings-untouched", changing_settings),
    Fault("context.traits win", "identify.attributes", on_message(swap_traits)),
    Fault(
        "attributes of context.traits are lost",
        "identify.attributes",
        on_message(lambda m: drop(m, "context.traits") if m.get("type") == "identify" else None),
    ),
    Fault(
        "attributes lose empty text",
        "identify.attributes",
        attribute("/people", lambda v: ... if v == "" else v),
    ),
    Fault(
        "attributes lose 0",
        "identify.attributes",
        attribute("/people", lambda v: ... if v == 0 and v is not False else v),
    ),
    Fault(
        "attributes lose false",
        "identify.attributes",
        attribute("/people", lambda v: ... if v is False else v),
    ),
    Fault("attributes are text", "identify.attributes", attribute("/people", str)),
    Fault(
        "attributes are trimmed",
        "identify.attributes",
        attribute("/people", lambda v: v.strip() if isinstance(v, str) else v),
    ),
    Fault(
        "attributes are cut",
        "identify.attributes",
        attribute("/people", lambda v: v[:255] if isinstance(v, str) else v),
    ),
    Fault(
        "attributes are rounded",
        "identify.attributes",
        attribute("/people", lambda v: int(v) if isinstance(v, float) else v),
    ),
    Fault(
        "attributes are in lower case",
        "identify.attributes",
        on_body(
            "/people",
            lambda body, _: (
                body.update(
                    custom_attributes={key.lower(): value for key, value in body["custom_attributes"].items()}
                )
                if "custom_attributes" in body
                else None
            ),
        ),
    ),
    Fault(
        "reserved names of people are lost",
        "identify.attributes",
        without_names("/people", "session_count", "signed_up_at", "user_id"),
    ),
    Fault(
        "parts of a name are no attributes",
        "identify.attributes",
        without_names("/people", "firstName", "last_name"),
    ),
    Fault("a company that is text is lost", "identify.attributes", without_names("/people", "company")),
    Fault("a person has a title", "identify.whole", from_message("/people", "job_title", "traits.country")),
    Fault(
        "attributes of companies lose 0",
        "group.attributes",
        attribute("/company", lambda v: ... if v == 0 and v is not False else v),
    ),
    Fault(
        "attributes of companies are lost",
        "group.attributes",
        on_body("/company", edit("custom_attributes", lambda _: ...)),
    ),
    Fault(
        "attributes of members are lost",
        "group.attributes",
        only("group", on_body("/people", edit("custom_attributes", lambda _: ...))),
    ),
    Fault(
        "reserved names of companies are lost",
        "group.attributes",
        without_names("/company", "monthly_revenue", "company_id", "churned"),
    ),
    Fault(
        "mapped traits come twice",
        "identify.attributes",
        on_body(
            "/people",
            lambda body, m: (
                body.setdefault("custom_attributes", {}).update(phone=1) if at(m, "traits.phone") else None
            ),
        ),
    ),
    Fault(
        "empty attributes are sent",
        "identify.odd-traits",
        on_body("/people", lambda body, _: body.setdefault("custom_attributes", {})),
    ),
    Fault(
        "null is sent for a missing field",
        "identify.whole",
        on_body("/people", lambda body, _: body.setdefault("tags", [])),
    ),
    Fault(
        "metadata loses 0",
        "track.properties",
        attribute("/event", lambda v: ... if v == 0 and v is not False else v),
    ),
    Fault(
        "metadata loses false", "track.properties", attribute("/event", lambda v: ... if v is False else v)
    ),
    Fault(
        "metadata loses empty text", "track.properties", attribute("/event", lambda v: ... if v == "" else v)
    ),
    Fault("metadata is text", "track.properties", attribute("/event", str)),
    Fault(
        "metadata has the user id",
        "track.properties",
        on_body("/event", lambda body, _: body["metadata"].setdefault("user_id", body.get("user_id"))),
    ),
    Fault(
        "metadata loses the company",
        "track.properties",
        without_names("/event", "organization_id", "company_id", "companyId"),
    ),
    Fault("metadata loses the email", "track.properties", without_names("/event", "email")),
    Fault(
        "empty metadata is not sent",
        "track.odd-places",
        on_body("/event", lambda body, _: body["metadata"] or body.pop("metadata")),
    ),
    Fault(
        "metadata has traits",
        "track.properties",
        on_body(
            "/event",
            lambda body, m: body["metadata"].update(
                at(m, "traits") if isinstance(at(m, "traits"), dict) else {}
            ),
        ),
    ),
    Fault("the event is in lower case", "track.event-edges", on_body("/event", edit("name", str.lower))),
    Fault("the event is trimmed", "track.event-edges", on_body("/event", edit("name", str.strip))),
    Fault("the event is cut", "track.event-edges", on_body("/event", edit("name", lambda v: v[:100]))),
    Fault(
        "a number is an event",
        "track.event-edges",
        on_message(lambda m: put(m, "event", str(m["event"])) if isinstance(m.get("event"), int) else None),
    ),
    Fault(
        "the event is read from the properties",
        "track.event-edges",
        on_message(lambda m: None if m.get("event") else put(m, "event", at(m, "properties.event"))),
    ),
    Fault(
        "originalTimestamp wins", "track.time-edges", preferring("originalTimestamp", "timestamp", "track")
    ),
    Fault("originalTimestamp is not read", "track.time-edges", without("originalTimestamp", "track")),
    Fault(
        "a company of context is an event's",
        "track.company-places",
        only("track", from_message("/event", "company_id", "groupId")),
    ),
    Fault(
        "deduplication is always on",
        "track.deduplication-switch",
        on_settings(lambda s: {**s, "enablededuplication": True}),
    ),
    Fault(
        "deduplication is never on",
        "track.deduplication-switch",
        on_settings(lambda s: {**s, "enablededuplication": False}),
    ),
    Fault(
        "any value turns deduplication on",
        "track.deduplication-switch",
        on_settings(lambda s: {**s, "enablededuplication": bool(s.get("enablededuplication"))}),
    ),
    Fault(
        "the field is ignored",
        "track.deduplication-places",
        on_settings(lambda s: {**s, "deduplicationField": None}),
    ),
    Fault(
        "the field is looked for in the message only",
        "track.deduplication-places",
        on_message(lambda m: drop(m, "properties.order")),
    ),
    Fault(
        "the field is looked for in the properties only",
        "track.deduplication-places",
        on_message(lambda m: drop(m, "order")),
    ),
    Fault(
        "the properties win", "track.deduplication-places", preferring("properties.order", "order", "track")
    ),
    Fault(
        "without the field there is no id",
        "track.deduplication-places",
        on_message(lambda m: drop(m, "messageId")),
    ),
    Fault(
        "the id is in lower case",
        "track.deduplication-places",
        on_body("/event", edit("deduplication_id", str.lower)),
    ),
    Fault(
        "the first name alone is lost",
        "identify.name-parts",
        on_body(
            "/people",
            lambda body, m: (
                body.pop("name", None)
                if " " not in str(body.get("name"))
                and not at(m, "traits.name")
                and not at(m, "context.traits.name")
                else None
            ),
        ),
    ),
    Fault(
        "the last name comes first",
        "identify.name-parts",
        on_body("/people", edit("name", lambda v: " ".join(reversed(str(v).split(" "))))),
    ),
    *(
        Fault(f"{place}.{part} is not read", "identify.name-parts", without(f"{place}.{part}", "identify"))
        for place in ("traits", "context.traits")
        for part in (*tables.FIRST, *tables.LAST)
    ),
    *(
        Fault(
            f"{part} of a member is not read",
            "group.member.name-parts",
            without(f"context.traits.{part}", "group"),
        )
        for part in (*tables.FIRST, *tables.LAST)
    ),
    Fault(
        "a company names its person",
        "group.traits-of-both",
        only(
            "group",
            on_message(
                lambda m: (
                    put(m, "context.traits.firstName", at(m, "traits.firstName"))
                    if not at(m, "context.traits.firstName") and at(m, "traits.firstName")
                    else None
                )
            ),
        ),
    ),
    Fault(
        "a company's phone is its person's",
        "group.traits-of-both",
        only("group", from_message("/people", "phone", "traits.phone")),
    ),
    Fault(
        "a company's date is its person's",
        "group.traits-of-both",
        only("group", from_message("/people", "signed_up_at", "traits.signedUpAt")),
    ),
    Fault(
        "a company has a signed_up_at",
        "group.traits-of-both",
        from_message("/company", "signed_up_at", "traits.signedUpAt"),
    ),
    Fault(
        "a company has an email", "group.traits-of-both", from_message("/company", "email", "traits.email")
    ),
    Fault(
        "a person's plan is the company's",
        "group.traits-of-both",
        from_message("/company", "plan", "context.traits.plan"),
    ),
    Fault(
        "a group has the time of the message",
        "group.traits-of-both",
        only("group", from_message("/people", "signed_up_at", "timestamp")),
    ),
    Fault("the sample's traits are not lifted", "group.sample-places", without("traits.traits", "group")),
    Fault("the sample's context is not lifted", "group.sample-places", without("traits.context", "group")),
    Fault(
        "a new company for each delivery",
        "group.retry-without-group-id",
        new_company_each_time(),
    ),
    *(
        Fault(f"the derived id depends on {name}", "group.derived-id", derived_from(name))
        for name in (
            "timestamp",
            "sentAt",
            "originalTimestamp",
            "receivedAt",
            "channel",
            "traits.name",
            "userId",
        )
    ),
    *(
        Fault(f"the derived id does not depend on {name}", "group.derived-id", not_derived_from(name))
        for name in (
            "messageId",
            "userId",
            "anonymousId",
            "traits.name",
            "traits.size",
            "context.traits.email",
            "context.traits.plan",
        )
    ),
    Fault(
        "the derived id depends on the order of fields",
        "group.derived-id",
        only(
            "group", on_message(lambda m: None if m.get("messageId") else {**m, "messageId": repr(list(m))})
        ),
    ),
)
TRANSFORMER_FAULTS: tuple[Fault, ...] = (*row_faults(), *id_faults(), *OTHER_FAULTS)
