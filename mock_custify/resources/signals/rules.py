"""The rules about signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from mock_custify.api.lists import newest_first
from mock_custify.errors import InvalidRequestError
from mock_custify.resources.adding import place
from mock_custify.resources.companies.rules import referred_company
from mock_custify.resources.people.rules import referred_person
from mock_custify.resources.signals.model import SIGNALS, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.api.filters.model import SignalFilter
    from mock_custify.workspace.workspace import Workspace


@SIGNALS.adds
def add_signal(workspace: Workspace, signal: Signal) -> None:
    """Store a signal of a state, about the company or the person it names."""
    known = referred_company(workspace, signal.entity or "") or referred_person(
        workspace, signal.entity or ""
    )
    if known is not None:
        signal = structs.replace(signal, entity=known.id, entity_name=signal.entity_name or known.name)
    place(workspace, SIGNALS, signal)


def find_signals(workspace: Workspace, entity: str | None, filters: Sequence[SignalFilter]) -> list[Signal]:
    """Return the signals about a company or a person, newest first, that meet every filter.

    Raises InvalidRequestError for a field that signals do not have.
    """
    for index, given in enumerate(filters):
        if given.field not in Signal.__struct_fields__:
            raise InvalidRequestError(f"filters[{index}]: a signal has no field {given.field!r}")
    found = [one for one in workspace.records[SIGNALS] if not entity or one.entity == entity]
    return newest_first(one for one in found if all(meets(one, given) for given in filters))


@SIGNALS.forgets
def forget(workspace: Workspace, record_id: str) -> None:
    """Take the signals about a deleted person or company out."""
    signals = workspace.records[SIGNALS]
    for signal in [one for one in signals if one.entity == record_id]:
        signals.remove(signal)


def meets(signal: Signal, given: SignalFilter) -> bool:
    """Tell whether a field of a signal has the asked value; true is not 1."""
    have = getattr(signal, given.field)
    return type(have) is type(given.value) and bool(have == given.value)
