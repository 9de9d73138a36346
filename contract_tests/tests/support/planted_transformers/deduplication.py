"""Mistakes with the settings of deduplication, and with where its field is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_contract.rules.values import at
from support.planted_transformers.changes import Fault, on_message, on_settings, put

if TYPE_CHECKING:
    from collections.abc import Callable

    from support.planted_transformers.changes import Requests, Transform, Wrapper

FIELD, SWITCH = "deduplicationField", "enablededuplication"
PLACES = "track.deduplication-places"
MISSING = object()


def field_as(read: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that reads the name of the field differently; MISSING stands for no setting."""

    def change(settings: dict[str, Any]) -> dict[str, Any]:
        field = read(settings.get(FIELD, MISSING))
        return settings if field is MISSING else {**settings, FIELD: field}

    return on_settings(change)


def text_as(read: Callable[[str], Any]) -> Wrapper:
    """Return a fault that reads a text as the name of the field differently."""
    return field_as(lambda field: read(field) if isinstance(field, str) else field)


def read_from(path: str) -> Wrapper:
    """Return a fault that takes `order` from another place if the properties have none."""

    def change(message: dict[str, Any]) -> None:
        if at(message, path) and not at(message, "properties.order"):
            put(message, "properties.order", at(message, path))

    return on_message(change)


def walking(transform: Transform, message: Any, settings: Any) -> Requests:
    """Follow a path although a property has the whole path as its name."""
    properties = message.get("properties") if isinstance(message, dict) else None
    if not isinstance(properties, dict):
        return transform(message, settings)
    kept = {name: value for name, value in properties.items() if "." not in name}
    found = transform({**message, "properties": kept}, settings)
    for request in found:
        request.body["metadata"] = transform(message, settings)[-1].body["metadata"]
    return found


def switch_as(read: Callable[[Any], Any]) -> Wrapper:
    """Return a fault that reads the switch differently."""
    return on_settings(lambda settings: {**settings, SWITCH: read(settings.get(SWITCH))})


DEDUPLICATION_FAULTS = (
    Fault("the deduplication field is trimmed", PLACES, text_as(str.strip)),
    Fault("the deduplication field is in lower case", PLACES, text_as(str.lower)),
    Fault("the deduplication field is capitalized", PLACES, text_as(str.capitalize)),
    Fault(
        "the deduplication field is always in the properties",
        PLACES,
        text_as(lambda name: name.removeprefix("properties.")),
    ),
    Fault(
        "a number is no deduplication field",
        PLACES,
        field_as(lambda field: None if isinstance(field, (int, float)) else field),
    ),
    Fault("0 is no deduplication field", PLACES, field_as(lambda field: None if field == 0 else field)),
    Fault(
        "a whole number keeps its .0 in the deduplication field",
        PLACES,
        field_as(lambda field: str(field) if isinstance(field, float) else field),
    ),
    Fault(
        "true is a deduplication field",
        PLACES,
        field_as(lambda field: "true" if field is True else field),
    ),
    Fault(
        "a list is a deduplication field",
        PLACES,
        field_as(lambda field: ",".join(field) if isinstance(field, list) else field),
    ),
    Fault(
        "null is a deduplication field", PLACES, field_as(lambda field: "null" if field is None else field)
    ),
    Fault(
        "a missing deduplication field is undefined",
        PLACES,
        field_as(lambda field: "undefined" if field is MISSING else field),
    ),
    Fault(
        "an empty deduplication field is a key",
        PLACES,
        text_as(lambda name: "undefined" if not name.strip() else name),
    ),
    Fault(
        "the deduplication field is looked for in context.traits", PLACES, read_from("context.traits.order")
    ),
    Fault("the deduplication field is looked for in the traits", PLACES, read_from("traits.order")),
    Fault("the deduplication field is looked for in the context", PLACES, read_from("context.order")),
    Fault("a name with a dot is always a path", PLACES, walking),
    Fault(
        "blanks around the text true turn deduplication on",
        "track.deduplication-switch",
        switch_as(lambda value: value.strip() if isinstance(value, str) else value),
    ),
    Fault(
        "the text 1 turns deduplication on",
        "track.deduplication-switch",
        switch_as(lambda value: value == "1" or value),
    ),
)
