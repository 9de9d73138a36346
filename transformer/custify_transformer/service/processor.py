"""POST /v0/destinations/custify: a list of events, one result each. Source: recorded behaviour, section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.destination import Destination
from custify_transformer.errors import InstrumentationError, JavaScriptTypeError, TransformError
from custify_transformer.javascript import TOO_DEEP, NotJsonError, is_truthy, text
from custify_transformer.service.envelope import build_envelope, build_stat_tags
from custify_transformer.service.events import expand_compact, resolve_config, set_source_timestamp
from custify_transformer.service.exchange import API_VERSION, ServiceResponse, failure
from custify_transformer.service.upstream import transform_event

if TYPE_CHECKING:
    from custify_transformer.service.exchange import Deliver


def transform_events(
    body: Any, deliver: Deliver, profile: str, *, compacted: bool = False
) -> ServiceResponse:
    """Return one result per event, in order, with status 200. `body`: a list of events, or the compact form.

    One event without a destination fails all events. A body without events is a 500.
    """
    try:
        events = expand_compact(body) if compacted else body
    except LookupError as error:
        return failure(500, str(error.args[0]))
    if not isinstance(events, list) or not events:
        return failure(500, "Cannot read properties of undefined (reading 'metadata')")
    if any(event is None for event in events):
        return failure(500, "Cannot read properties of null (reading 'metadata')")
    entries = [event if isinstance(event, dict) else {} for event in events]
    missing = [event for event in entries if event.get("destination") is None]
    if missing:
        value = "null" if "destination" in missing[0] else "undefined"
        refusal = JavaScriptTypeError(f"Cannot read properties of {value} (reading 'Config')")
        return ServiceResponse(200, API_VERSION, [build_error(event, refusal) for event in entries])
    return ServiceResponse(200, API_VERSION, [build_result(event, deliver, profile) for event in entries])


def build_result(event: dict[str, Any], deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the result of one event; one that is nested too deeply is refused alone."""
    try:
        return transform_one(event, deliver, profile)
    except (RecursionError, NotJsonError):
        return build_error(event, InstrumentationError(TOO_DEEP))


def transform_one(event: dict[str, Any], deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the result of one event: the built request, or the error."""
    resolved = resolve_config(event)
    message = set_source_timestamp(resolved.get("message"))
    message = message if isinstance(message, dict) else {}
    try:
        request = transform_event(message, Destination.from_json(resolved["destination"]), deliver, profile)
    except TransformError as refusal:
        return build_error(event, refusal)
    output = build_envelope(request, message)
    user_id = output.get("userId")
    output["userId"] = text(user_id) if is_truthy(user_id) else ""
    return {"output": output, **get_metadata(event), "statusCode": 200}


def build_error(event: dict[str, Any], refusal: TransformError) -> dict[str, Any]:
    """Return the result of an event that is refused."""
    return {
        **get_metadata(event),
        "statusCode": refusal.status,
        "error": refusal.text,
        "statTags": build_stat_tags(refusal, "processor", event.get("metadata")),
    }


def get_metadata(event: dict[str, Any]) -> dict[str, Any]:
    """Return `{"metadata": ...}`, or {} if the event has none."""
    return {"metadata": event["metadata"]} if "metadata" in event else {}
