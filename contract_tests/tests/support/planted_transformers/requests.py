"""Mistakes with the requests as a whole, and with what stays from message to message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from support.planted_transformers.changes import (
    Fault,
    Requests,
    Transform,
    Wrapper,
    from_message,
    on_body,
    on_message,
    only,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from custify_transformer import HttpRequest


def on_requests(change: Callable[[Requests], Any]) -> Wrapper:
    """Return a fault that changes the requests as a whole."""
    return lambda transform, message, settings: tuple(change(transform(message, settings)))


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


def extra(path: str, **fields: Any) -> Wrapper:
    """Return a fault that adds fields to a body."""
    return on_body(path, lambda body, _: body.update(fields))


REQUEST_FAULTS = (
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
    Fault(
        "the company is posted twice",
        "group.whole",
        only("group", on_requests(lambda found: (found[0], *found))),
    ),
    Fault("an event has a source", "track.whole", extra("/event", source="rudderstack")),
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
    Fault("a person has a title", "identify.whole", from_message("/people", "job_title", "traits.country")),
    Fault(
        "null is sent for a missing field",
        "identify.whole",
        on_body("/people", lambda body, _: body.setdefault("tags", [])),
    ),
)
