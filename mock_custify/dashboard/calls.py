"""The calls of the Custify API: the records of each call, the message that made it, search and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import parse_qsl

from msgspec import Meta, Struct

from mock_custify.control.journal_query import JournalQuery, tests_of
from mock_custify.dashboard.tables import holds
from mock_custify.errors import InvalidRequestError, NotFoundError
from mock_custify.values import iso
from mock_custify.workspace.messages.summary import shortened
from mock_custify.workspace.traffic.journal import readable, shown

if TYPE_CHECKING:
    from mock_custify.workspace import Workspace
    from mock_custify.workspace.traffic.journal import Recorded

WHO: Final = ("user_id", "email")
WHAT: Final = ("name", "company_id", "title", "subject")


class CallQuery(JournalQuery, kw_only=True):
    """Which calls: those that match a JournalQuery and have every word of `q`; one page, the newest first."""

    q: str = ""
    page: Annotated[int, Meta(ge=1, le=10**9)] = 1
    size: Annotated[int, Meta(ge=1, le=200)] = 50


class CallTable(Struct, kw_only=True):
    """One page of calls; `forgotten` of the `total` are no longer kept."""

    rows: list[dict[str, Any]]
    found: int
    total: int
    forgotten: int


def call_table(workspace: Workspace, query: CallQuery) -> CallTable:
    """Return a page of calls; raise InvalidRequestError for a wrong filter."""
    tests, words = tests_of(query), query.q.casefold().split()
    found = [
        call
        for call in reversed(workspace.journal.ring)
        if all(test(call) for test in tests) and (not words or holds(call_text(call), words))
    ]
    start = (query.page - 1) * query.size
    made = makers_of(workspace)
    return CallTable(
        rows=[call_row(call, made) for call in found[start : start + query.size]],
        found=len(found),
        total=workspace.journal.count,
        forgotten=workspace.journal.forgotten,
    )


def makers_of(workspace: Workspace) -> dict[int, int]:
    """Return the number of the message that made a call, by the number of the call."""
    return {sent.call: one.number for one in workspace.deliveries.kept for sent in one.sent if sent.call}


def call_row(call: Recorded, made: dict[int, int]) -> dict[str, Any]:
    """Return a call in one line; `message` is the number of the message that made it, or null."""
    about = parts_of(call)
    return {
        "id": call.number,
        "number": call.number,
        "at": iso(call.at),
        "method": call.method,
        "target": call.path + (f"?{call.query}" if call.query else ""),
        "who": first_of(about, WHO),
        "what": first_of(about, WHAT),
        "status": call.status,
        "milliseconds": round(call.seconds * 1000, 1),
        "fault": call.faulty,
        "message": made.get(call.number),
    }


def parts_of(call: Recorded) -> list[dict[str, Any]]:
    """Return the body and the query of a call, as far as they are objects."""
    body = readable(call.body) if call.body[:1] == b"{" else None
    return [part for part in (body, dict(parse_qsl(call.query))) if isinstance(part, dict)]


def first_of(parts: list[dict[str, Any]], names: tuple[str, ...]) -> str:
    """Return the first of the named members that the parts have, as a short text."""
    found = (shortened(part.get(name)) for name in names for part in parts)
    return next(filter(None, found), "")


def call_text(call: Recorded) -> str:
    """Return what a search for calls looks at."""
    return f"#{call.number}\n{call.method} {call.path}?{call.query}\n{call.body.decode('utf-8', 'replace')}"


def call_detail(workspace: Workspace, number: str) -> dict[str, Any]:
    """Return a call with its neighbours and the message that made it; raise NotFoundError."""
    if not number.isdecimal():
        raise InvalidRequestError(f"{number[:80]!r} is not the number of a call")
    kept = {call.number: call for call in workspace.journal}
    call = kept.get(int(number[:20]))
    if call is None:
        raise NotFoundError(f"call {number[:20]} is no longer kept: only the newest ones are")
    return {
        **call_row(call, makers_of(workspace)),
        "entry": shown(call),
        "previous": call.number - 1 if call.number - 1 in kept else None,
        "next": call.number + 1 if call.number + 1 in kept else None,
    }
