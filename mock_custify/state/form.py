"""The form of a whole workspace as JSON: what PUT /_mock/state and a state file may hold."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct, defstruct, field

from mock_custify.resources.registry import SECTIONS
from mock_custify.workspace.custom_fields import FieldType


class CustomFieldTypes(Struct, kw_only=True):
    """The types of custom fields, by name."""

    people: dict[str, FieldType] = {}
    companies: dict[str, FieldType] = {}
    events: dict[str, FieldType] = {}


StatePut: Final[Any] = defstruct(
    "StatePut",
    [
        ("custom_fields", CustomFieldTypes, field(default_factory=CustomFieldTypes)),
        *((section.name, list[section.entry], field(default_factory=list)) for section in SECTIONS),  # type: ignore[name-defined] # made at run time
    ],
    kw_only=True,
    forbid_unknown_fields=True,
    namespace={"__doc__": "A whole workspace; a missing list is empty."},
)
