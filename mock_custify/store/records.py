"""Everything a workspace remembers, in one value that can be copied, put back and thrown away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mock_custify.store.associations import Associations
from mock_custify.store.clock import Ids
from mock_custify.store.collection import Collection
from mock_custify.store.eventlog import EventLog
from mock_custify.store.fields import CustomFields

if TYPE_CHECKING:
    from mock_custify.models import Company, Person


@dataclass(slots=True)
class Records:
    """The whole state of a workspace; the records themselves are immutable and shared by copies."""

    ids: Ids = field(default_factory=Ids)
    people: Collection[Person] = field(default_factory=lambda: Collection("user_id", "email"))
    companies: Collection[Company] = field(default_factory=lambda: Collection("company_id"))
    associations: Associations = field(default_factory=Associations)
    events: EventLog = field(default_factory=EventLog)
    fields: CustomFields = field(default_factory=CustomFields)

    def copy(self) -> Records:
        """Return a copy whose changes leave this one alone."""
        return Records(**{name: getattr(self, name).copy() for name in self.__slots__})
