"""Pages of lists: which part of a list a client asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Meta, Struct, field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    T = TypeVar("T")

LARGEST: Final = 100


class PageQuery(Struct, kw_only=True):
    """Which page of a list, from 1, and how many items it has; more than the cap is cut to it."""

    page: Annotated[int, Meta(ge=1, le=10**9)] = 1
    items_per_page: Annotated[int, Meta(ge=1, le=10**9)] = field(default=10, name="itemsPerPage")

    def span(self, cap: int = LARGEST) -> tuple[int, int]:
        """Return where the page starts and stops in the whole list."""
        size = min(self.items_per_page, cap)
        return (self.page - 1) * size, self.page * size

    def cut(self, items: Sequence[T], cap: int = LARGEST) -> Sequence[T]:
        """Return the items of the page; a page past the end is empty."""
        start, stop = self.span(cap)
        return items[start:stop]
