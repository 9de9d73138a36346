"""The people and companies that calls to an external Custify created, so that exactly these are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from custify_transformer import HttpRequest

Key: TypeAlias = tuple[str, str, str]  # path, query parameter and id of the call that deletes a record
PEOPLE: Final = "/people"
COMPANY: Final = "/company"


def records_of(request: HttpRequest) -> list[Key]:
    """Return the records that a request creates or deletes.

    A person with a user_id is deleted by it; the email is only the key of a person without one.
    """
    path = urlsplit(request.endpoint).path
    if request.method == "DELETE":
        return [(path, query, as_text(name)) for query, name in request.params.items()]
    is_upsert = request.method == "POST" and isinstance(request.body, dict)
    return list(posted(path, request.body)) if is_upsert else []


def posted(path: str, body: dict[str, Any]) -> Iterator[Key]:
    """Yield the records of an upsert: a link to a company creates the company."""
    if path == PEOPLE:
        query = "user_id" if body.get("user_id") else "email"
        yield PEOPLE, query, as_text(body.get(query))
        links = body.get("companies")
        for link in links if isinstance(links, list) else ():
            if isinstance(link, dict) and not link.get("remove"):
                yield COMPANY, "company_id", as_text(link.get("company_id"))
    if path == COMPANY:
        yield COMPANY, "company_id", as_text(body.get("company_id"))


def as_text(value: Any) -> Any:
    """Return an id as Custify stores it: a number as text."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
