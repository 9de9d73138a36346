"""Which calls of a journal someone wants to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.errors import InvalidRequestError
from mock_custify.values import Since, find_date
from mock_custify.workspace.traffic.journal import Recorded, shown
from mock_custify.workspace.traffic.paths import PathMatcher, PathPattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from mock_custify.workspace.traffic.journal import Journal, JournalEntry

    Test = Callable[[Recorded], bool]


class JournalQuery(Struct, kw_only=True):
    """Which calls of the journal to show.

    In `path`, `*` is any text and `{id}` is one segment; `status` is one status, or a class such as 4xx.
    `since` is the number of a call (only later calls) or a date (only calls from then on). `limit` keeps the
    newest ones.
    """

    method: str | None = None
    path: PathPattern | None = None
    status: Annotated[str, Meta(pattern="^[1-5]([0-9][0-9]|xx)$")] | None = None
    since: Since | None = None
    limit: Annotated[int, Meta(ge=0)] | UnsetType = UNSET


def selected(journal: Journal, query: JournalQuery) -> list[JournalEntry]:
    """Return the calls that `query` asks for, oldest first; raise InvalidRequestError."""
    tests = tests_of(query)
    found = [call for call in journal if all(test(call) for test in tests)]
    return [shown(call) for call in (found if query.limit is UNSET else newest(found, query.limit))]


def newest(found: list[Recorded], limit: int) -> list[Recorded]:
    """Return the last `limit` calls."""
    return found[-limit:] if limit else []


def tests_of(query: JournalQuery) -> list[Test]:
    """Return what a call must pass to be one that `query` asks for; raise InvalidRequestError."""
    tests: list[Test] = [] if query.since is None else [since_test(query.since)]
    if query.method is not None:
        method = query.method.upper()
        tests.append(lambda call: call.method == method)
    if query.path is not None:
        pattern = PathMatcher(query.path)
        tests.append(lambda call: pattern.matches(call.path))
    if query.status is not None:
        wanted = query.status.rstrip("x")
        tests.append(lambda call: str(call.status).startswith(wanted))
    return tests


def since_test(since: str) -> Test:
    """Return the test of being later than `since`; raise InvalidRequestError."""
    if since.isascii() and since.isdigit():
        number = int(since[:20])
        return lambda call: call.number > number
    # A + that a client did not encode arrives as a blank.
    moment = find_date(since) or find_date(since.replace(" ", "+"))
    if moment is None:
        raise InvalidRequestError(f"since: {since[:80]!r} is neither the number of a request nor a date")
    return lambda call: call.at >= moment
