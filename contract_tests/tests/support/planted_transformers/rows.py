"""Mistakes in the rows of the tables, and in ids and emails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custify_contract.rules import tables
from support.planted_transformers.changes import Fault, edit, on_body, preferring, without

if TYPE_CHECKING:
    from collections.abc import Iterator


def faults_of_row(kind: str, path: str, law: str, field: str, paths: tuple[str, ...]) -> Iterator[Fault]:
    """Yield the mistakes that can be made in a row of a table."""
    name = law.removesuffix(".edges")
    yield Fault(f"{name} is lost", law, on_body(path, edit(field, lambda _: ...)))
    yield Fault(f"{name} becomes text", law, on_body(path, edit(field, str)))
    yield Fault(
        f"{name} loses 0", law, on_body(path, edit(field, lambda v: ... if v == 0 and v is not False else v))
    )
    yield Fault(f"{name} loses false", law, on_body(path, edit(field, lambda v: ... if v is False else v)))
    yield Fault(f"{name} writes true as 1", law, on_body(path, edit(field, lambda v: 1 if v is True else v)))
    yield Fault(
        f"{name} is trimmed",
        law,
        on_body(path, edit(field, lambda v: v.strip() if isinstance(v, str) else v)),
    )
    yield Fault(
        f"{name} is cut", law, on_body(path, edit(field, lambda v: v[:255] if isinstance(v, str) else v))
    )
    yield Fault(f"{name} has a default", law, on_body(path, lambda body, _: body.setdefault(field, "none")))
    for place in paths:
        yield Fault(f"{name} does not read {place}", law, without(place, kind))
    for place in paths[1:]:
        yield Fault(f"{name} reads {place} first", law, preferring(place, paths[0], kind))


def row_faults() -> Iterator[Fault]:
    """Yield the mistakes of every row of the tables."""
    rows = (
        ("identify", "/people", "identify", tables.PERSON),
        ("group", "/company", "group.company", tables.COMPANY),
        ("group", "/people", "group.member", tables.MEMBER),
    )
    for kind, path, law, table in rows:
        for field, paths in table.items():
            yield from faults_of_row(kind, path, f"{law}.{field}.edges", field, paths)


def id_faults() -> Iterator[Fault]:
    """Yield the mistakes that can be made with ids and emails."""
    places = (
        ("identify", "/people", "user_id", "identify.user-id-places", tables.USER_ID),
        ("track", "/event", "user_id", "track.user-id-places", tables.USER_ID),
        ("group", "/people", "user_id", "group.user-id-places", tables.MEMBER_ID),
        ("identify", "/people", "email", "identify.email-places", ("traits.email", "context.traits.email")),
        ("track", "/event", "email", "track.email-places", tables.EVENT_EMAIL),
        ("group", "/people", "email", "group.email-places", ("context.traits.email",)),
        ("track", "/event", "company_id", "track.company-places", tables.EVENT_COMPANY),
        ("group", "/company", "company_id", "group.id-places", ("groupId", "traits.groupId")),
    )
    for kind, path, field, law, paths in places:
        name = f"{kind}.{field}"
        yield Fault(f"{name} is lost", law, on_body(path, edit(field, lambda _: ...)))
        yield Fault(f"{name} in lower case", law, on_body(path, edit(field, str.lower)))
        yield Fault(f"{name} is trimmed", law, on_body(path, edit(field, str.strip)))
        yield Fault(f"{name} is cut", law, on_body(path, edit(field, lambda v: v[:100])))
        if field != "email":
            yield Fault(
                f"{name} as a number", law, on_body(path, edit(field, lambda v: int(v) if v.isdigit() else v))
            )
        for place in paths:
            yield Fault(f"{name} does not read {place}", law, without(place, kind))
        for place in paths[1:]:
            yield Fault(f"{name} reads {place} first", law, preferring(place, paths[0], kind))


ROW_FAULTS = (*row_faults(), *id_faults())
