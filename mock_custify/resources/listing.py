"""Lists of people and companies: filtered, ordered, one page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_custify.api.lists import matching, ordered
from mock_custify.resources.segments.rules import buckets_reader, conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mock_custify.api.filters.model import Filter, Sorting
    from mock_custify.resources.fields import Fields
    from mock_custify.workspace.workspace import Workspace


def page_of_all(
    workspace: Workspace,
    fields: Fields,
    filters: Sequence[Filter],
    sorting: Sorting | None,
    span: tuple[int, int],
) -> tuple[list[Any], int]:
    """Return the asked part of the people or companies that meet every filter, and how many do.

    Without an order they come in that of the section. Raises InvalidRequestError for a filter with a mistake.
    """
    records: Any = workspace.records[fields.section]
    if not filters and sorting is None:
        return records.page(*span), len(records)
    found = matching(records, conditions(workspace, fields, filters))
    if sorting is None:
        return sorted(found, key=records.place)[slice(*span)], len(found)
    name = sorting.field
    read = buckets_reader(workspace, fields) if name == "buckets" else fields.reader(workspace, name)
    return ordered(found, sorting, read)[slice(*span)], len(found)
