"""Helpers for tests of RudderStack's transformer service: requests, events, jobs, and a stub for Custify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.javascript import encode
from custify_transformer.service import ServiceRequest, UpstreamResponse, answer

if TYPE_CHECKING:
    from custify_transformer import HttpRequest
    from custify_transformer.service import ServiceResponse

DESTINATION = {"ID": "d1", "Config": {"apiKey": "key"}}
PERSON = {"type": "identify", "userId": 7}
GROUP = {"type": "group", "userId": "u1", "groupId": "g1"}
SERVER = {"destType": "CUSTIFY", "module": "destination", "implementation": "native"}
INSTRUMENTATION = {"errorCategory": "dataValidation", "errorType": "instrumentation", **SERVER}
PROCESSOR = "/v0/destinations/custify"
ROUTER = "/routerTransform"


class CustifyStub:
    """A `deliver` function that gives the same response to every request and records the requests."""

    def __init__(self, response: UpstreamResponse | None = None) -> None:
        """Respond to every request with `response`."""
        self.response = response or UpstreamResponse(200, {})
        self.seen: list[HttpRequest] = []

    def __call__(self, request: HttpRequest) -> UpstreamResponse:
        """Record the request and return the response."""
        self.seen.append(request)
        return self.response


def call(
    path: str,
    body: Any,
    custify: CustifyStub | None = None,
    headers: dict[str, str] | None = None,
    method: str = "POST",
) -> ServiceResponse:
    """Return the response to one request. A body of bytes is sent unchanged."""
    raw = body if isinstance(body, bytes) else encode(body)
    return answer(ServiceRequest(method, path, headers or {}, raw), custify or CustifyStub())


def event(message: Any, **more: Any) -> dict[str, Any]:
    """Return one event of the processor, or one job of the router."""
    return {"message": message, "destination": DESTINATION, "metadata": {"jobId": 1}, **more}


def entries(*events: Any, custify: CustifyStub | None = None) -> Any:
    """Return the results of the processor."""
    return call(PROCESSOR, list(events), custify).body


def jobs(*events: Any, custify: CustifyStub | None = None) -> Any:
    """Return the results of the router."""
    return call(ROUTER, {"input": list(events), "destType": "CUSTIFY"}, custify).body["output"]


def write(message: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a dotted path. A path in brackets is one key."""
    *outer, name = [path[1:-1]] if path.startswith("[") else path.split(".")
    place = message
    for part in outer:
        place = place.setdefault(part, {})
    place[name] = value


def deletion(*people: Any, config: Any = None, kind: Any = "custify") -> dict[str, Any]:
    """Return one deletion request."""
    return {
        "destType": kind,
        "userAttributes": list(people),
        "config": {"apiKey": "key"} if config is None else config,
    }
