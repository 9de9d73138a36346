"""Whom and what the requests of a message name: what ties messages together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custify_transformer.request import COMPANY, EVENT
from mock_custify.kinds import identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mock_custify.replay.fold.settings import Request


def keys_of(requests: Iterable[Request]) -> Iterator[str]:
    """Return a key for each record that requests name; the letter says of which kind it is.

    u is a user_id, e an email, c a company_id, i an internal id.
    """
    for request in requests:
        body = request.body
        if isinstance(body, dict):
            yield from keys_in(body, (("user_id", "u"), ("email", "e"), ("company_id", "c"), ("id", "i")))
            if request.endpoint != EVENT:
                for name in ("companies", "parent_companies"):
                    yield from link_keys(body.get(name))


def link_keys(links: Any) -> Iterator[str]:
    """Return the keys of linked companies."""
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict):
            yield from keys_in(link, (("company_id", "c"), ("id", "i")))


def keys_in(body: Mapping[str, Any], names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Return the keys of the identifiers in an object."""
    for name, letter in names:
        if name in body and (found := identifier(body[name])):
            yield f"{letter}{found}"


def once_ids_of(requests: Iterable[Request]) -> Iterator[str]:
    """Return the deduplication ids of events: events that share one are tied as well."""
    for request in requests:
        if request.endpoint == EVENT and isinstance(request.body, dict):
            yield from filter(None, (identifier(request.body.get("deduplication_id")),))


def user_of(requests: Iterable[Request], message: Any) -> str:
    """Return who sent a message: the person of its requests, else the ids of the message."""
    for request in requests:
        if request.endpoint != COMPANY and isinstance(request.body, dict):
            for name in ("user_id", "email"):
                if found := identifier(request.body.get(name)):
                    return found
    ids = (
        (identifier(message.get(name)) for name in ("userId", "anonymousId"))
        if isinstance(message, dict)
        else ()
    )
    return next(filter(None, ids), "")
