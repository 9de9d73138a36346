"""POST /v0/destinations/custify/proxy: deliver a built request. Source: recorded behaviour, section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.request import HttpRequest
from custify_transformer.service.envelope import SERVER_TAGS
from custify_transformer.service.exchange import API_VERSION, ServiceResponse, failure
from custify_transformer.service.upstream import classify_status, describe_unreachable

if TYPE_CHECKING:
    from custify_transformer.service.exchange import Deliver, UpstreamResponse

NOT_FOUND: Final = 404


def forward(body: Any, deliver: Deliver) -> ServiceResponse:
    """Deliver the built request `body` and return Custify's response."""
    if not isinstance(body, dict) or not isinstance(body.get("endpoint"), str):
        return failure(500, "endpoint of the request is missing")
    response = deliver(parse_request(body))
    if response.ok:
        result = "for destination: custify Processed Successfully"
        return ServiceResponse(200, API_VERSION, {"output": build_output(response, response.status, result)})
    status = response.status or describe_unreachable(response.code)[0]
    output = build_output(response, status, f"failed for destination custify with status: {status}")
    output["statTags"] = {
        "errorCategory": "network",
        "errorType": classify_status(status),
        **SERVER_TAGS,
        "feature": "dataDelivery",
    }
    # The service uses 404 for unknown paths, so it answers Custify's 404 with 400.
    return ServiceResponse(400 if status == NOT_FOUND else status, API_VERSION, {"output": output})


def parse_request(built: dict[str, Any]) -> HttpRequest:
    """Return the request to send. An empty JSON body is not sent."""
    parts = built.get("body")
    body = parts.get("JSON") if isinstance(parts, dict) else None
    headers = built["headers"] if isinstance(built.get("headers"), dict) else {}
    params = built["params"] if isinstance(built.get("params"), dict) else {}
    method = str(built.get("method") or "POST").upper()
    return HttpRequest(
        method, built["endpoint"], {**headers, "User-Agent": "RudderLabs"}, params, body or None
    )


def build_output(response: UpstreamResponse, status: int, result: str) -> dict[str, Any]:
    """Return the output for a delivered request, with Custify's response in it."""
    data = describe_unreachable(response.code)[1] if response.code else response.body
    return {
        "status": status,
        "message": f"[Generic Response Handler] Request {result}",
        "destinationResponse": {"response": data, "status": status, "headers": response.headers or {}},
    }
