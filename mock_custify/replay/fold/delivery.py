"""Delivers a transformed message to a Custify, as `mock-custify send` does: up to the first refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from custify_transformer.request import COMPANY, EVENT
from mock_custify.errors import ApiError

if TYPE_CHECKING:
    from mock_custify.replay.fold.custify import Custify
    from mock_custify.replay.fold.settings import Request, Transformed


@dataclass(slots=True)
class Delivered:
    """The result of a delivery: the accepted requests with their bodies; why one was refused, None for none.

    It keeps the text, because an exception keeps the frames that it went through, and they keep the Custify.
    `sent` counts the requests that Custify was asked for, the refused one included.
    """

    accepted: list[tuple[Request, Any]] = field(default_factory=list)
    refusal: str | None = None
    sent: int = 0


def deliver(custify: Custify, made: Transformed, *, plain: bool = False) -> Delivered:
    """Send the requests of a message until one is refused; `plain` tells whether all bodies are."""
    delivered = Delivered()
    for request in made.requests:
        delivered.sent += 1
        try:
            delivered.accepted.append((request, custify.take(request, plain=plain)))
        except ApiError as error:
            delivered.refusal = error.text
            break
    return delivered


def row_of(custify: Custify, made: Transformed, kind: str) -> str:
    """Return the row of the association table for a message, before it is delivered.

    Only a group has one: "yes-no" is a known person and an unknown company. Others have their type.
    """
    if kind != "group":
        return kind
    bodies = [(request.endpoint, request.body) for request in made.requests if isinstance(request.body, dict)]
    company = any(custify.company_exists(body) for url, body in bodies if url == COMPANY)
    person = any(custify.person_exists(body) for url, body in bodies if url not in (COMPANY, EVENT))
    return f"{'yes' if person else 'no'}-{'yes' if company else 'no'}"
