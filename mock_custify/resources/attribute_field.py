"""A field of companies or people, as the lists of attributes show it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

FieldType: TypeAlias = Literal[
    "Boolean", "Number", "Currency", "String", "Date", "Dropdown", "Tag", "Segment", "User", "Company"
]


class AttributeField(Struct, frozen=True):
    """A field that filters can name."""

    name: str
    niceName: str
    fieldType: FieldType
