"""POST /v0/destinations/custify/proxy: deliver a built request. Source: recorded behaviour, section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.envelope import (
    API_VERSION,
    SERVER_TAGS,
    Answer,
    error_type,
    failure,
    unreachable,
)
from custify_transformer.request import HttpRequest

if TYPE_CHECKING:
    from custify_transformer.envelope import Deliver, Reply

USER_AGENT: Final = "RudderLabs"
RENAMED: Final = {404: 400}  # the service keeps 404 for itself


def forward(body: Any, deliver: Deliver) -> Answer:
    """Return Custify's answer to the built request `body`, an envelope as the service answers it."""
    if not isinstance(body, dict) or not isinstance(body.get("endpoint"), str):
        return failure(500, "endpoint of the request is missing")
    reply = deliver(request_of(body))
    status = reply.status or unreachable(reply.code)[0]
    done = "Processed Successfully" if reply.ok else f"failed for destination custify with status: {status}"
    told = f"Request for destination: custify {done}" if reply.ok else f"Request {done}"
    output = {
        "status": status,
        "message": f"[Generic Response Handler] {told}",
        "destinationResponse": destination_response(reply, status),
    }
    if not reply.ok:
        output["statTags"] = {
            "errorCategory": "network",
            "errorType": error_type(status),
            **SERVER_TAGS,
            "feature": "dataDelivery",
        }
    return Answer(200 if reply.ok else RENAMED.get(status, status), API_VERSION, {"output": output})


def request_of(built: dict[str, Any]) -> HttpRequest:
    """Return the request to send; an empty JSON body is none."""
    parts = built.get("body")
    body = parts.get("JSON") if isinstance(parts, dict) else None
    headers = built["headers"] if isinstance(built.get("headers"), dict) else {}
    params = built["params"] if isinstance(built.get("params"), dict) else {}
    method = str(built.get("method") or "POST").upper()
    return HttpRequest(method, built["endpoint"], {**headers, "User-Agent": USER_AGENT}, params, body or None)


def destination_response(reply: Reply, status: int) -> dict[str, Any]:
    """Return what Custify said, as the service passes it on."""
    body = unreachable(reply.code)[1] if reply.code else reply.body
    return {"response": body, "status": status, "headers": reply.headers or {}}
