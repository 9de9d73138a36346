"""Everything a workspace remembers, in one value that can be copied, put back and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from mock_custify.workspace.clock import Ids
from mock_custify.workspace.custom_fields import CustomFields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.workspace.section import Section

    H = TypeVar("H")


class Records(dict["Section[Any]", Any]):
    """The records of a workspace by section; they are immutable and shared by copies.

    `ids` makes internal ids, `fields` knows the custom attributes that were seen.
    """

    def __init__(self, ids: Ids | None = None, fields: CustomFields | None = None) -> None:
        super().__init__()
        self.ids = ids or Ids()
        self.fields = fields or CustomFields()

    if TYPE_CHECKING:

        def __getitem__(self, section: Section[H]) -> H:
            """Return what holds the records of a section."""

    def __missing__(self, section: Section[Any]) -> Any:
        """Return what holds the records of a section that has had none so far."""
        self[section] = section.holder()
        return self[section]

    def count(self) -> int:
        """Return how many records there are of all kinds."""
        return sum(len(held) for held in self.values())

    def used_ids(self) -> Iterator[str]:
        """Yield the internal id of every record that has one."""
        for held in self.values():
            yield from (record.id for record in held if hasattr(record, "id"))

    def copy(self) -> Records:
        """Return a copy whose changes leave this one alone."""
        twin = Records(self.ids.copy(), self.fields.copy())
        for section, held in self.items():
            twin[section] = held.copy()
        return twin
