"""The entry point of the service: `answer` finds the function for a path and decodes the body.

The service sends some requests to Custify itself: the company of a group, a deletion, a proxied request.
It does so through `deliver`. Source: recorded behaviour, sections 8 and 9; data plane, "Transformer calls".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.javascript import TOO_DEEP, NotJsonError, decode
from custify_transformer.service.deletion import delete_users
from custify_transformer.service.exchange import API_VERSION, ServiceResponse, failure
from custify_transformer.service.processor import transform_events
from custify_transformer.service.proxy import forward
from custify_transformer.service.router import refuse_batch, transform_jobs

if TYPE_CHECKING:
    from custify_transformer.service.exchange import Deliver, ServiceRequest

PROCESSOR: Final = "/v0/destinations/custify"
PROXY: Final = "/v0/destinations/custify/proxy"
ROUTER: Final = "/routertransform"
BATCH: Final = "/batch"
DELETION: Final = "/deleteusers"
MOST_EVENTS: Final = 10_000
PATHS: Final = frozenset({PROCESSOR, PROXY, ROUTER, BATCH, DELETION})


def answer(request: ServiceRequest, deliver: Deliver, profile: str = "production") -> ServiceResponse:
    """Return the response to one request. Received data never raises an exception.

    The case of a path and a slash at its end do not matter. A path that is not in PATHS is a 404.
    """
    path = request.path.rstrip("/").lower()
    if request.method != "POST" or path not in PATHS:
        return build_not_found(request.path)
    try:
        body = decode(request.body) if request.body.strip() else {}
    except NotJsonError as error:
        return failure(400, str(error), "Bad Request")
    if not isinstance(body, dict | list):
        return failure(400, "invalid JSON, only supports object and array", "Bad Request")
    if count_events(body) > MOST_EVENTS:
        return failure(
            413, f"more than {MOST_EVENTS} events: send them in several calls", "Payload Too Large"
        )
    compacted = request.headers.get("x-content-format", "").lower() == "json+compactedv1"
    try:
        return dispatch(path, body, deliver, profile, compacted=compacted)
    except (RecursionError, NotJsonError):
        return failure(400, TOO_DEEP, "Bad Request")


def count_events(body: Any) -> int:
    """Return how many events a body has."""
    events = body.get("input") if isinstance(body, dict) else body
    return len(events) if isinstance(events, list) else 0


def dispatch(path: str, body: Any, deliver: Deliver, profile: str, *, compacted: bool) -> ServiceResponse:
    """Call the function for `path`. `compacted`: destinations are sent once beside the events."""
    if path == PROCESSOR:
        return transform_events(body, deliver, profile, compacted=compacted)
    if path == ROUTER:
        return transform_jobs(body, deliver, profile, compacted=compacted)
    if path == PROXY:
        return forward(body, deliver)
    return refuse_batch(body) if path == BATCH else delete_users(body, deliver, profile)


def build_not_found(path: str) -> ServiceResponse:
    """Return the 404 for an unknown path. It names the destination if the path contains one."""
    parts = path.strip("/").split("/")
    named = parts[2] if len(parts) > len(("v0", "destinations")) and parts[1] == "destinations" else path
    return ServiceResponse(404, API_VERSION, {"error": f"Unknown destination: {named}"})
