"""POST /v0/destinations/custify: a list of events, one entry each. Source: recorded behaviour, section 8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.destination import Destination
from custify_transformer.envelope import API_VERSION, Answer, as_text_or_empty, envelope, failure, tags_of
from custify_transformer.envelope import transform_and_call as transform_one
from custify_transformer.errors import JavaScriptTypeError, TransformError
from custify_transformer.events import resolved, timed, unpacked
from custify_transformer.javascript import UNDEFINED

if TYPE_CHECKING:
    from custify_transformer.envelope import Deliver


def transform_events(body: Any, deliver: Deliver, profile: str, *, compacted: bool = False) -> Answer:
    """Return one entry per event, in order, HTTP 200. `body`: a list of events, or the compact form.

    A body without a first event is answered 500 as a whole.
    """
    try:
        events = unpacked(body) if compacted else body
    except LookupError as error:
        return failure(500, str(error.args[0]))
    if not isinstance(events, list) or not events:
        return failure(500, "Cannot read properties of undefined (reading 'metadata')")
    if any(event is None for event in events):
        return failure(500, "Cannot read properties of null (reading 'metadata')")
    entries = [event if isinstance(event, dict) else {} for event in events]
    missing = [event.get("destination", UNDEFINED) for event in entries if is_missing(event)]
    if missing:
        return Answer(200, API_VERSION, [refused(event, no_config(missing[0])) for event in entries])
    return Answer(200, API_VERSION, [entry_of(event, deliver, profile) for event in entries])


def is_missing(event: dict[str, Any]) -> bool:
    """Return whether an event has no destination at all."""
    return event.get("destination") is None


def no_config(destination: Any) -> TransformError:
    """Return the error of a batch in which an event has no destination."""
    missing = "null" if destination is None else "undefined"
    return JavaScriptTypeError(f"Cannot read properties of {missing} (reading 'Config')")


def entry_of(event: dict[str, Any], deliver: Deliver, profile: str) -> dict[str, Any]:
    """Return the entry of one event: the built request, or why there is none."""
    whole = resolved(event)
    message = timed(whole.get("message"))
    message = message if isinstance(message, dict) else {}
    try:
        request = transform_one(message, Destination.from_json(whole["destination"]), deliver, profile)
    except TransformError as refusal:
        return refused(event, refusal)
    output = envelope(request, message)
    output["userId"] = as_text_or_empty(output.get("userId", UNDEFINED))
    return {"output": output, **metadata_of(event), "statusCode": 200}


def refused(event: dict[str, Any], refusal: TransformError) -> dict[str, Any]:
    """Return the entry of an event that was refused."""
    return {
        **metadata_of(event),
        "statusCode": refusal.status,
        "error": refusal.text,
        "statTags": tags_of(refusal, "processor", event.get("metadata")),
    }


def metadata_of(event: dict[str, Any]) -> dict[str, Any]:
    """Return the metadata of an event as a member, nothing when it has none."""
    return {"metadata": event["metadata"]} if "metadata" in event else {}
