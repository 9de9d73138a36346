"""How a record other than a person, a company or an event is added to a workspace."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from msgspec import UNSET, structs

from mock_custify.errors import InvalidRequestError
from mock_custify.values import DateText, as_moment, present, read_date

if TYPE_CHECKING:
    from mock_custify.workspace.section import Section
    from mock_custify.workspace.workspace import Workspace

T = TypeVar("T")


def forget_everywhere(workspace: Workspace, record_id: str) -> None:
    """Take everything about a person or a company out of every section, as its rules say."""
    for section in list(workspace.records):
        section.forget(workspace, record_id)


def place(workspace: Workspace, section: Section[Any], record: T) -> T:
    """Put `record` into a section with the id and the times that it lacks, and return it.

    Raises InvalidRequestError for an id that is taken and for text that is no date.
    """
    record, collection = complete(workspace, record), workspace.records[section]
    if collection.get(record.id) is not None:  # type: ignore[attr-defined] # every record has an id
        raise InvalidRequestError(f"duplicate id {record.id!r}")  # type: ignore[attr-defined]
    collection.put(record)
    return record


def complete(workspace: Workspace, record: T) -> T:
    """Return `record` with an id and times; raise InvalidRequestError for text that is no date."""
    for name in dates_of(record.__class__):  # type: ignore[arg-type] # classes are hashable
        if text := getattr(record, name, None):
            read_date(text)
    given: Any = record
    record_id = given.id or workspace.records.ids.next()
    created = given.created_at or workspace.clock.stamp()
    times = {"created_at": created, "updated_at": given.updated_at or created}
    completed: T = structs.replace(given, id=record_id, _id=record_id, **times)
    return completed


@cache
def dates_of(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a kind of record that hold a date: those of the type DateText."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(name for name, hint in hints.items() if DateText in (hint, *getattr(hint, "__args__", ())))


def founded(aside: Workspace, entry: Any) -> dict[str, Any]:
    """Return the id, the time and the tags that an entry of a state brings, or fresh ones."""
    now = aside.clock.stamp()
    return {
        "id": str(entry.id) if present(entry.id) else aside.records.ids.next(),
        "created_at": now if entry.created_at is UNSET else as_moment(entry.created_at),
        "updated_at": now,
        "tags": entry.tags,
    }


def founded_at(aside: Workspace, entry: Any) -> str:
    """Return when an entry of a state was last changed."""
    return aside.clock.stamp() if entry.updated_at is UNSET else as_moment(entry.updated_at)


def refuse_repeated(known: object, record_id: str) -> None:
    """Raise InvalidRequestError if a state has a duplicate id."""
    if known is not None:
        raise InvalidRequestError(f"duplicate id {record_id!r}")
