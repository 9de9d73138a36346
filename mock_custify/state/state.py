"""The whole workspace as JSON, and back: what GET and PUT /_mock/state exchange."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import structs

from mock_custify.errors import InvalidRequestError
from mock_custify.resources.registry import SECTIONS
from mock_custify.workspace import Records, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator


def state_of(workspace: Workspace) -> dict[str, Any]:
    """Return the whole workspace; put back, it gives the same workspace again."""
    shown: dict[str, Any] = {section.name: list(section.show(workspace)) for section in SECTIONS}
    return {**shown, "custom_fields": workspace.records.fields.types}


def wiped(records: Records) -> dict[str, int]:
    """Return how many records of each kind there are."""
    return {section.name: len(records[section]) for section in SECTIONS}


def build_records(workspace: Workspace, state: Any) -> Records:
    """Return the records that `state`, a StatePut, describes, for `workspace` to take over.

    They are built aside: raises InvalidRequestError for a record without identity, a repeated one, a date
    that is none, or a link to a record that is missing, and the workspace has not changed.
    """
    aside = Workspace()
    aside.clock = workspace.clock
    aside.records = Records(ids=workspace.records.ids.copy())
    for section in SECTIONS:
        for entry in getattr(state, section.name):
            aside.records.ids.skip(str(getattr(entry, "id", "")))
    for section in SECTIONS:
        for index, entry in enumerate(getattr(state, section.name)):
            with placed_at(f"{section.name}[{index}]"):
                section.add(aside, entry)
    aside.records.fields.keep(structs.asdict(state.custom_fields))
    return aside.records


@contextmanager
def placed_at(place: str) -> Iterator[None]:
    """Say in each refusal in which entry of a state the mistake is."""
    try:
        yield
    except InvalidRequestError as error:
        raise InvalidRequestError(f"{place}: {error}") from error
