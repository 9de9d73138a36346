"""RudderStack's transformer service in a test: calls, jobs, and a stand-in for the way to Custify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.javascript import encode
from custify_transformer.server import Call, Reply, answer

if TYPE_CHECKING:
    from custify_transformer import HttpRequest
    from custify_transformer.envelope import Answer

DESTINATION = {"ID": "d1", "Config": {"apiKey": "key"}}
PERSON = {"type": "identify", "userId": 7}
GROUP = {"type": "group", "userId": "u1", "groupId": "g1"}
SERVER = {"destType": "CUSTIFY", "module": "destination", "implementation": "native"}
INSTRUMENTATION = {"errorCategory": "dataValidation", "errorType": "instrumentation", **SERVER}
PROCESSOR = "/v0/destinations/custify"
ROUTER = "/routerTransform"


class Custify:
    """A stand-in for the way to Custify: gives the same reply to every request and remembers them."""

    def __init__(self, reply: Reply | None = None) -> None:
        """Give `reply` to every request."""
        self.reply = reply or Reply(200, {})
        self.seen: list[HttpRequest] = []

    def __call__(self, request: HttpRequest) -> Reply:
        """Return the reply."""
        self.seen.append(request)
        return self.reply


def call(
    path: str,
    body: Any,
    custify: Custify | None = None,
    headers: dict[str, str] | None = None,
    method: str = "POST",
) -> Answer:
    """Return the answer to one call; a body of bytes goes as it is."""
    raw = body if isinstance(body, bytes) else encode(body)
    return answer(Call(method, path, headers or {}, raw), custify or Custify())


def event(message: Any, **more: Any) -> dict[str, Any]:
    """Return one event of the processor, or one job of the router."""
    return {"message": message, "destination": DESTINATION, "metadata": {"jobId": 1}, **more}


def entries(*events: Any, custify: Custify | None = None) -> Any:
    """Return the processor's entries."""
    return call(PROCESSOR, list(events), custify).body


def jobs(*events: Any, custify: Custify | None = None) -> Any:
    """Return the router's entries."""
    return call(ROUTER, {"input": list(events), "destType": "CUSTIFY"}, custify).body["output"]


def write(message: dict[str, Any], path: str, value: Any) -> None:
    """Write a value at a dotted path; in brackets the path is one key."""
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
