"""Hides personal data that would land in custom fields, so that a report with examples shows no value of it.

Letters become x and digits 0: the example keeps its size, the types of its values, and why it is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from custify_transformer.documented import tables
from mock_custify.replay.fold.entry import type_of
from mock_custify.replay.fold.observers import personal

if TYPE_CHECKING:
    from custify_transformer.mapping import Table


def names_in(*found: Table) -> frozenset[str]:
    """Return the names under which tables look for values in an object."""
    return frozenset(path.rpartition(".")[2] for table in found for paths in table.values() for path in paths)


# By type of message: the objects whose values become custom fields, and the names of values that do not.
PERSON: Final = names_in(tables.PERSON, tables.NAME_PARTS) | {"id"}
COMPANY: Final = names_in(tables.COMPANY) | {"userId", "id", *names_in(tables.NAME_PARTS)}
EVENT: Final = names_in(tables.EVENT_COMPANY)
PLACES: Final = {
    "identify": {"traits": PERSON, "context.traits": PERSON},
    "group": {"traits": COMPANY, "context.traits": PERSON},
    "track": {"properties": EVENT},
}


def masked(message: Any) -> Any:
    """Return a message without the personal data that would land in custom fields."""
    if not isinstance(message, dict):
        return message
    found = dict(message)
    for place, others in PLACES.get(type_of(message), {}).items():
        outer, _, inner = place.rpartition(".")
        holder = found.get(outer) if outer else found
        if isinstance(holder, dict) and isinstance(holder.get(inner), dict):
            hidden = {**holder, inner: mask_fields(holder[inner], others)}
            found = {**found, outer: hidden} if outer else hidden
    return found


def mask_fields(fields: dict[str, Any], others: frozenset[str]) -> dict[str, Any]:
    """Return an object without personal data; the values of the names in `others` stay."""
    return {name: value if name in others else masked_value(value) for name, value in fields.items()}


def masked_value(value: Any) -> Any:
    """Return a value without its letters and digits if it looks like personal data, at any depth."""
    if isinstance(value, dict):
        return {name: masked_value(one) for name, one in value.items()}
    if isinstance(value, list):
        return [masked_value(one) for one in value]
    if isinstance(value, str) and personal(value):
        return "".join("0" if one.isdecimal() else "x" if one.isalpha() else one for one in value)
    return value
