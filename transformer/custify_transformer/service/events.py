"""Prepare events for the transformation: compact form, templates in settings, timestamps of sources.

Source: recorded behaviour, section 8. Every function returns a new event and leaves its argument unchanged.
"""

from __future__ import annotations

import re
from typing import Any, Final

from custify_transformer.javascript import UNDEFINED, get

TEMPLATE: Final = re.compile(r"\{\{\s*(\w+(?:\.\w+)*)\s*\|\|(.*)\}\}", re.DOTALL)
TIMESTAMPS: Final = {
    "identify": (
        "context.timestamp",
        "context.traits.timestamp",
        "traits.timestamp",
        "timestamp",
        "originalTimestamp",
    ),
    "track": ("properties.timestamp", "timestamp", "originalTimestamp"),
}


def expand_compact(body: Any) -> list[Any]:
    """Return the events of a compact body with their destinations. Raises LookupError for an unknown id."""
    destinations = body.get("destinations") if isinstance(body, dict) else None
    known = destinations if isinstance(destinations, dict) else {}
    events = body.get("input") if isinstance(body, dict) else None
    return [add_destination(event, known) for event in events] if isinstance(events, list) else []


def add_destination(event: Any, known: dict[str, Any]) -> dict[str, Any]:
    """Return an event with the destination whose id is in its metadata."""
    metadata = event.get("metadata") if isinstance(event, dict) else None
    name = metadata.get("destinationId") if isinstance(metadata, dict) else None
    if not isinstance(name, str) or name not in known:
        raise LookupError(f"no destination found for id {'undefined' if name is None else name}")
    return {**event, "destination": known[name]}


def resolve_config(event: dict[str, Any]) -> dict[str, Any]:
    """Return `event` with the templates in its settings replaced. The values used leave the message."""
    destination = event.get("destination")
    if not isinstance(destination, dict) or destination.get("hasDynamicConfig") is False:
        return event
    if not isinstance(destination.get("Config"), dict):
        return event
    config, taken = fill_templates(destination["Config"], event)
    for path in taken:
        event = remove_path(event, path)
    return {**event, "destination": {**destination, "Config": config}}


def fill_templates(setting: Any, event: dict[str, Any]) -> tuple[Any, list[list[str]]]:
    """Return a setting with its templates replaced, and the paths of the values used."""
    if isinstance(setting, dict):
        values, taken = fill_templates(list(setting.values()), event)
        return dict(zip(setting, values, strict=True)), taken
    if isinstance(setting, list):
        items = [fill_templates(item, event) for item in setting]
        return [item[0] for item in items], [path for item in items for path in item[1]]
    match = TEMPLATE.fullmatch(setting.strip()) if isinstance(setting, str) else None
    return read_template(match, event) if match else (setting, [])


def read_template(match: re.Match[str], event: dict[str, Any]) -> tuple[Any, list[list[str]]]:
    """Return the value of a template and its path in `event`, else the default and no path."""
    first, *rest = match[1].split(".")
    path = ["message" if first == "event" else first, *rest]
    value = get(event, ".".join(path))
    if value is UNDEFINED or value is None:
        return match[2].strip().replace('"', ""), []
    return value, [path]


def remove_path(container: Any, path: list[str]) -> Any:
    """Return a copy of `container` without the member at `path`."""
    if not isinstance(container, dict) or path[0] not in container:
        return container
    if len(path) == 1:
        return {name: value for name, value in container.items() if name != path[0]}
    return {**container, path[0]: remove_path(container[path[0]], path[1:])}


def set_source_timestamp(message: Any) -> Any:
    """Return a message of channel "sources" with the timestamp of its source, others unchanged."""
    if not isinstance(message, dict) or message.get("channel") != "sources":
        return message
    kind = message.get("type")
    paths = TIMESTAMPS.get(kind) if isinstance(kind, str) else None
    if paths is None or get(message, "context.mappedToDestination") not in (UNDEFINED, None, False, 0, ""):
        return message
    times = (get(message, path) for path in paths)
    found = next((value for value in times if value not in (UNDEFINED, None, "")), None)
    return {**message, "timestamp": found}
