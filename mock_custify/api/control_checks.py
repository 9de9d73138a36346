"""What a control call refuses, so that no name is ignored. Calls of the Custify API ignore unknown names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_custify.api.error_text import not_known
from mock_custify.errors import InvalidRequestError

if TYPE_CHECKING:
    from mock_custify.api.request import Call


def fields_of(kind: type[Any] | None) -> tuple[str, ...]:
    """Return the names of the fields of a struct as JSON has them, none for None."""
    return kind.__struct_encode_fields__ if kind else ()


def refuse_unknown(query: dict[str, str], accepted: tuple[str, ...]) -> None:
    """Raise InvalidRequestError for a parameter of a control call that it does not have."""
    for name in query:
        if name not in accepted:
            raise InvalidRequestError(f"query: {not_known('parameter', name[:80], accepted)}")


def refuse_body(asked: Call) -> None:
    """Raise InvalidRequestError for a body with content in a control call that has none."""
    if asked.body.strip() not in {b"", b"{}", b"null"}:
        raise InvalidRequestError("this call has no body: its fields would be ignored")
