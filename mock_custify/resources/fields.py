"""The fields of a kind of record: how they are listed, and how filters and sorting read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mock_custify.api.lists import Reader
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

CUSTOM: Final = "custom_attributes."


class AttributeField(Struct, frozen=True):
    """A field that filters can name."""

    name: str
    niceName: str
    fieldType: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of the records of a section.

    `types` are the listed ones with their types, `computed` those that are worked out from a record,
    `stored` the other names of some. `more_fields` and `more_readers` are for fields that depend on
    the stored records, such as one for each health score.
    """

    section: Section[Any]
    types: Mapping[str, str]
    computed: Mapping[str, Callable[[Workspace, Any], Any]]
    stored: Mapping[str, str] = field(default_factory=dict)
    more_fields: Callable[[Workspace], list[AttributeField]] = lambda _workspace: []
    more_readers: Callable[[Workspace, str], Reader | None] = lambda _workspace, _name: None

    def listed(self, workspace: Workspace) -> list[AttributeField]:
        """Return the standard fields, those that depend on the records, and the custom ones seen so far."""
        standard = [AttributeField(name, nice_name(name), kind) for name, kind in self.types.items()]
        custom = workspace.records.fields.types[self.section.name].items()
        return [
            *standard,
            *self.more_fields(workspace),
            *(AttributeField(f"{CUSTOM}{name}", nice_name(name), kind) for name, kind in custom),
        ]

    def reader(self, workspace: Workspace, name: str) -> Reader:
        """Return the function that reads the field `name` of a record.

        A name that is not a field is a custom attribute; if no record has it, it is null everywhere.
        """
        if name.startswith(CUSTOM):
            return custom_reader(name.removeprefix(CUSTOM))
        if more := self.more_readers(workspace, name):
            return more
        stored = self.stored.get(name, name)
        if computed := self.computed.get(stored):
            return lambda record: computed(workspace, record)
        return attrgetter(stored) if stored in self.types or stored == "id" else custom_reader(name)


def custom_reader(name: str) -> Reader:
    """Return the function that reads a custom attribute."""
    return lambda record: record.custom_attributes.get(name)


def nice_name(name: str) -> str:
    """Return a field's name as people read it: "signed_up_at" is "Signed Up At"."""
    return name.rpartition(".")[2].replace("_", " ").title()
