"""Lists that a client orders by a field of their records."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from mock_custify.api.filters.model import Direction, Sorting
from mock_custify.api.lists import field_reader, ordered
from mock_custify.api.paging import SortingQuery

if TYPE_CHECKING:
    from collections.abc import Sequence

    T = TypeVar("T")


class EitherSortingQuery(SortingQuery, kw_only=True):
    """Which page of a list, in the order of `sorting`, or else of the field `sort`.

    Source: vendor's API description, section 28, item 7: the parameter is `sorting`, the text says `sort`.
    """

    sort: str = ""
    order: Direction = "desc"

    def asked_sorting(self) -> Sorting | None:
        """Return the order, or None; raise InvalidRequestError."""
        by_field = Sorting(field=self.sort, direction=self.order) if self.sort else None
        return SortingQuery.asked_sorting(self) or by_field


def in_order(records: Sequence[T], kind: type[T], sorting: Sorting | None) -> list[T]:
    """Return records of a kind in the order that is asked for, or as they come."""
    return ordered(records, sorting, field_reader(kind)(sorting.field if sorting else ""))
