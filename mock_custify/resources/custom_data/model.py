"""Custom data: objects of your own kinds that belong to a company or a person."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

import msgspec
from msgspec import Meta, Struct

from mock_custify.values import DateText
from mock_custify.workspace.collection import Collection
from mock_custify.workspace.section import Section

EntityModel: TypeAlias = Literal["companies", "people"]
Name: TypeAlias = Annotated[str, Meta(min_length=1)]


class CustomDataPost(Struct, kw_only=True):
    """One object in the body of POST /custom_data; in `data`, null removes a key."""

    data_type: Name
    data_id: Name
    data: dict[str, Any]


class CustomData(Struct, frozen=True, kw_only=True):
    """A stored object; `entity` is the internal id of the company or person it belongs to."""

    id: str = ""
    _id: str = ""
    entity: str
    entityModel: str
    data_type: Name
    data_id: Name
    data: dict[str, Any]
    created_at: DateText = ""
    updated_at: DateText = ""

    @property
    def key(self) -> str:
        """Return what no other object has: its owner, its type and its id."""
        return key_of(self.entity, self.data_type, self.data_id)


class CustomDataItem(Struct, frozen=True, kw_only=True):
    """An object of custom data in an answer."""

    data_type: str
    data_id: str
    data: dict[str, Any]


def key_of(entity: str, data_type: str, data_id: str) -> str:
    """Return one text for an owner, a type and an id that no other three give."""
    return msgspec.json.encode((entity, data_type, data_id)).decode()


CUSTOM_DATA: Final = Section("custom_data", CustomData, lambda: Collection[CustomData]("key"))
