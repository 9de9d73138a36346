"""What the service does to an event before it is transformed: settings from the event, times, compact form.

Source: recorded behaviour, section 8. Nothing received is changed; every step returns a new event.
"""

from __future__ import annotations

import re
from typing import Any, Final

from custify_transformer.javascript import UNDEFINED, get

TEMPLATE: Final = re.compile(r"\{\{\s*(\w+(?:\.\w+)*)\s*\|\|(.*)\}\}", re.DOTALL)
TIMES: Final = {
    "identify": (
        "context.timestamp",
        "context.traits.timestamp",
        "traits.timestamp",
        "timestamp",
        "originalTimestamp",
    ),
    "track": ("properties.timestamp", "timestamp", "originalTimestamp"),
}


def unpacked(body: Any) -> list[Any]:
    """Return the events of a compact body with their destinations. Raises LookupError for an unknown id."""
    destinations = body.get("destinations") if isinstance(body, dict) else None
    known = destinations if isinstance(destinations, dict) else {}
    events = body.get("input") if isinstance(body, dict) else None
    return [with_destination(event, known) for event in events] if isinstance(events, list) else []


def with_destination(event: Any, known: dict[str, Any]) -> dict[str, Any]:
    """Return one event of a compact body with the destination that its metadata names."""
    metadata = event.get("metadata") if isinstance(event, dict) else None
    name = metadata.get("destinationId") if isinstance(metadata, dict) else None
    if not isinstance(name, str) or name not in known:
        raise LookupError(f"no destination found for id {'undefined' if name is None else name}")
    return {**event, "destination": known[name]}


def resolved(event: dict[str, Any]) -> dict[str, Any]:
    """Return `event` with its templated settings filled in, and what filled them out of the message."""
    destination = event.get("destination")
    if not isinstance(destination, dict) or destination.get("hasDynamicConfig") is False:
        return event
    if not isinstance(destination.get("Config"), dict):
        return event
    config, taken = filled(destination["Config"], event)
    for path in taken:
        event = without(event, path)
    return {**event, "destination": {**destination, "Config": config}}


def filled(setting: Any, event: dict[str, Any]) -> tuple[Any, list[list[str]]]:
    """Return a setting with its templates filled in, and the paths of the values taken from `event`."""
    if isinstance(setting, dict):
        values, taken = filled(list(setting.values()), event)
        return dict(zip(setting, values, strict=True)), taken
    if isinstance(setting, list):
        items = [filled(item, event) for item in setting]
        return [item[0] for item in items], [path for item in items for path in item[1]]
    match = TEMPLATE.fullmatch(setting.strip()) if isinstance(setting, str) else None
    return from_event(match, event) if match else (setting, [])


def from_event(match: re.Match[str], event: dict[str, Any]) -> tuple[Any, list[list[str]]]:
    """Return the value that a template names in `event` and its path, else the default and no path."""
    first, *rest = match[1].split(".")
    path = ["message" if first == "event" else first, *rest]
    value = get(event, ".".join(path))
    if value is UNDEFINED or value is None:
        return match[2].strip().replace('"', ""), []
    return value, [path]


def without(holder: Any, path: list[str]) -> Any:
    """Return a copy of `holder` without the member at `path`."""
    if not isinstance(holder, dict) or path[0] not in holder:
        return holder
    if len(path) == 1:
        return {name: value for name, value in holder.items() if name != path[0]}
    return {**holder, path[0]: without(holder[path[0]], path[1:])}


def timed(message: Any) -> Any:
    """Return a message of channel "sources" with the time that its source recorded; others as they are."""
    if not isinstance(message, dict) or message.get("channel") != "sources":
        return message
    kind = message.get("type")
    paths = TIMES.get(kind) if isinstance(kind, str) else None
    if paths is None or get(message, "context.mappedToDestination") not in (UNDEFINED, None, False, 0, ""):
        return message
    times = (get(message, path) for path in paths)
    found = next(
        (value for value in times if value is not UNDEFINED and value is not None and value != ""), None
    )
    return {**message, "timestamp": found}
