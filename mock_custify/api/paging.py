"""Pages of lists: which part of a list a client asks for, and the JSON that filters and orders it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct, field

from mock_custify.api.error_text import explain, json_fault
from mock_custify.api.filters.grammar import grammar_schema
from mock_custify.api.filters.model import MOST_FILTERS, Direction, Filter, Sorting
from mock_custify.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    T = TypeVar("T")

# Source: vendor's API description, section 6.1.
DEFAULT_SIZE: Final = 20
LARGEST: Final = (
    200  # people, companies, lifecycles, playbooks, tickets, and lists without a declared maximum
)
LARGEST_OF_OTHERS: Final = 50


def json_parameter(schema: dict[str, Any], description: str) -> Meta:
    """Return the description of a query parameter that holds JSON text."""
    return Meta(
        description=description,
        extra_json_schema={"contentMediaType": "application/json", "contentSchema": schema},
    )


SORTING_SCHEMA: Final = {
    "type": "object",
    "properties": {"field": {"type": "string"}, "direction": {"enum": ["asc", "desc"]}},
    "required": ["field"],
}
FiltersText = Annotated[
    str, json_parameter(grammar_schema(), "A JSON array of filters; a record must match all of them.")
]
SortingText = Annotated[str, json_parameter(SORTING_SCHEMA, "JSON; the default direction is desc.")]


class PageQuery(Struct, kw_only=True):
    """Which page of a list, from 1, and its number of items; a page has at most the maximum."""

    page: Annotated[int, Meta(ge=1)] = 1
    items_per_page: Annotated[int, Meta(ge=1)] = field(default=DEFAULT_SIZE, name="itemsPerPage")

    def span(self, cap: int = LARGEST) -> tuple[int, int]:
        """Return where the page starts and stops in the whole list."""
        size = min(self.items_per_page, cap)
        return (self.page - 1) * size, self.page * size

    def cut(self, items: Sequence[T], cap: int = LARGEST) -> list[T]:
        """Return the items of the page; a page past the end is empty."""
        start, stop = self.span(cap)
        return list(items[start:stop])


class SortingQuery(PageQuery, kw_only=True):
    """Which page of a list, in the order of `sorting`."""

    sorting: SortingText = ""

    def asked_sorting(self) -> Sorting | None:
        """Return the order, or None; raise InvalidRequestError."""
        return asked_sorting(self.sorting)


class SortOrderQuery(PageQuery, kw_only=True):
    """Which page of a list, in the order of the field `sort`."""

    sort: str = ""
    order: Direction = "desc"

    def asked_sorting(self) -> Sorting | None:
        """Return the order, or None."""
        return Sorting(field=self.sort, direction=self.order) if self.sort else None


class ListQuery(SortingQuery, kw_only=True):
    """Which page of a list, which items of it, and in which order."""

    filters: FiltersText = ""

    def asked_filters(self) -> list[Filter]:
        """Return the filters; raise InvalidRequestError."""
        return asked_filters(self.filters, Filter)


def asked_filters(text: str, kind: type[T]) -> list[T]:
    """Return the filters of a query, each of a `kind`; raise InvalidRequestError, also for too many."""
    if not text:
        return []
    several = Annotated[list[kind], Meta(max_length=MOST_FILTERS)]  # type: ignore[valid-type] # made at run time
    found: list[T] = decoded("filters", text, several)
    return found


def asked_sorting(text: str) -> Sorting | None:
    """Return the order that a query asks for, or None; raise InvalidRequestError."""
    sorting: Sorting | None = decoded("sorting", text, Sorting)
    return sorting


def decoded(name: str, text: str, kind: Any) -> Any:
    """Return the JSON of a query parameter as `kind`, None for an empty one; raise InvalidRequestError."""
    try:
        return msgspec.json.decode(text, type=kind) if text else None
    except msgspec.ValidationError as error:
        wrong = explain(error, kind, text.encode(), name)
        named = wrong if wrong.startswith(f"{name} ") else f"{name}{'' if wrong[0] == '[' else '.'}{wrong}"
        raise InvalidRequestError(named) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidRequestError(f"{name} is not JSON: {json_fault(error)}") from error
