"""How a record other than a person, a company or an event comes to stand in a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import structs

from mock_custify.errors import InvalidRequestError
from mock_custify.values import read_date

if TYPE_CHECKING:
    from mock_custify.workspace.collection import Collection
    from mock_custify.workspace.workspace import Workspace

T = TypeVar("T")
# Every field of any of these records that holds a date.
DATES: Final = (
    *("created_at", "updated_at", "dueDate", "completedAt", "snoozedUntilDate", "date", "startAt", "endAt"),
    *("dueAt", "acknowledged_at", "submittedAt"),
)


def place(workspace: Workspace, collection: Collection[Any], record: T) -> T:
    """Put `record` into `collection` with the id and the times that it lacks, and return it.

    Raises InvalidRequestError for an id that is taken and for text that is no date.
    """
    record = complete(workspace, record)
    if collection.get(record.id) is not None:  # type: ignore[attr-defined] # every record has an id
        raise InvalidRequestError(f"the id {record.id!r} is given twice")  # type: ignore[attr-defined]
    collection.put(record)
    return record


def complete(workspace: Workspace, record: T) -> T:
    """Return `record` with an id and times; raise InvalidRequestError for text that is no date."""
    for name in DATES:
        if text := getattr(record, name, None):
            read_date(text)
    given: Any = record
    record_id = given.id or workspace.records.ids.next()
    created = given.created_at or workspace.clock.stamp()
    times = {"created_at": created, "updated_at": given.updated_at or created}
    completed: T = structs.replace(given, id=record_id, _id=record_id, **times)
    return completed
