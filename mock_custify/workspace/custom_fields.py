"""The custom fields that a workspace has seen, each with the type of its newest value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from mock_custify.values import find_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_custify.values import Attribute

FieldType: TypeAlias = Literal["Boolean", "Number", "String", "Date", "Dropdown"]
EntityKind: TypeAlias = Literal["people", "companies"]
KINDS: Final = ("people", "companies")


class CustomFields:
    """Names and types of the custom attributes of each kind of record."""

    def __init__(self) -> None:
        self.types: dict[str, dict[str, FieldType]] = {kind: {} for kind in KINDS}

    def note(self, kind: EntityKind, attributes: Mapping[str, Attribute | None]) -> None:
        """Remember the attributes of a record; a null says nothing about a type."""
        for name, value in attributes.items():
            if value is not None:
                self.types[kind][name] = field_type(value)

    def keep(self, known: Mapping[str, Mapping[str, FieldType]]) -> None:
        """Take over the types that were known before; they win over those of the records."""
        for kind, types in known.items():
            self.types[kind] = {
                **types,
                **{name: self.types[kind][name] for name in self.types[kind] if name not in types},
            }

    def copy(self) -> CustomFields:
        """Return a copy that shares nothing which can change."""
        twin = CustomFields()
        twin.types = {kind: dict(types) for kind, types in self.types.items()}
        return twin


def field_type(value: Attribute) -> FieldType:
    """Return the type that Custify gives a value; ISO text is a date.

    Source: Custify help page on the CSV importer (date, number, boolean, string); Dropdown is our decision.
    """
    if isinstance(value, str):
        return "Date" if find_date(value) else "String"
    if isinstance(value, bool):
        return "Boolean"
    return "Dropdown" if isinstance(value, list) else "Number"
