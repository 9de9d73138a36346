"""Prints the responses of the service. An entry that is nested too deeply is refused, and spoils no other."""

from __future__ import annotations

from typing import Any

from custify_transformer.errors import InstrumentationError
from custify_transformer.javascript import TOO_DEEP, NotJsonError, encode
from custify_transformer.service.envelope import build_stat_tags
from custify_transformer.service.exchange import ServiceResponse, failure


def print_response(response: ServiceResponse) -> tuple[ServiceResponse, bytes]:
    """Return a response that can be printed, and its body as JSON."""
    try:
        return response, encode(response.body)
    except (RecursionError, NotJsonError):
        found = refuse_deep_entries(response)
        if not is_printable(found.body):
            found = failure(400, TOO_DEEP, "Bad Request")
        return found, encode(found.body)


def refuse_deep_entries(response: ServiceResponse) -> ServiceResponse:
    """Return a response in which a refusal stands for each entry that cannot be printed."""
    body = response.body
    if isinstance(body, dict) and isinstance(body.get("output"), list):
        output = [refuse_if_deep(entry, "router") for entry in body["output"]]
        return ServiceResponse(response.status, response.headers, {**body, "output": output})
    entries = body if isinstance(body, list) else []
    return ServiceResponse(
        response.status, response.headers, [refuse_if_deep(entry, "processor") for entry in entries]
    )


def refuse_if_deep(entry: dict[str, Any], feature: str) -> dict[str, Any]:
    """Return an entry, or the refusal of one that cannot be printed."""
    if is_printable(entry):
        return entry
    tags = build_stat_tags(InstrumentationError(TOO_DEEP), feature, entry.get("metadata"))
    refused = {"statusCode": 400, "error": TOO_DEEP, "statTags": tags}
    kept: dict[str, Any] = {
        name: entry[name]
        for name in ("metadata", "batched", "destination")
        if name in entry and is_printable(entry[name])
    }
    return {**kept, **refused}


def is_printable(value: Any) -> bool:
    """Tell whether a value can be printed."""
    try:
        encode(value)
    except (RecursionError, NotJsonError):
        return False
    return True
