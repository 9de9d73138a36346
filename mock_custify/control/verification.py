"""Whether the calls that a test expects were made, and which call came closest when they were not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from mock_custify.control.differences import ExpectedCall, as_json, printed
from mock_custify.errors import InvalidRequestError
from mock_custify.values import counted
from mock_custify.workspace.traffic.journal import JournalEntry, shown
from mock_custify.workspace.traffic.paths import PathPattern

if TYPE_CHECKING:
    from mock_custify.workspace.traffic.journal import Journal

SHOWN: Final = 10  # calls that a failure lists
Count = Annotated[int, Meta(ge=0)]


class Expectation(Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """An expected call; a missing field matches any value.

    `path` may have `*` and `{id}`; `query`, `headers` and the objects of a `body` may be a part of the
    call's. The case of the names of `headers` is ignored.
    """

    method: str | None = None
    path: PathPattern | None = None
    query: dict[str, str] | None = None
    headers: dict[str, str] | None = None
    body: Any | UnsetType = UNSET
    status: int | None = None


class VerifyPost(Expectation, kw_only=True, frozen=True):
    """An expected call and how often: exactly `times`, or in a range; the default is at least once.

    Or `order`: calls that are expected in this order; there may be other calls between them.
    """

    times: Count | None = None
    at_least: Count | None = None
    at_most: Count | None = None
    order: list[Expectation] | None = None


class VerificationResult(Struct, kw_only=True):
    """Whether the check passed, and how many calls match; after a failure, also the closest call."""

    ok: bool
    count: int
    message: str
    closest: JournalEntry | None = None
    differences: list[str] = []


def verify(journal: Journal, expected: VerifyPost) -> VerificationResult:
    """Return whether the calls of the journal are as expected; raise InvalidRequestError."""
    calls = [shown(call) for call in journal]
    if expected.order is not None:
        return verify_order(calls, expected)
    least, most = bounds(expected)
    wanted_call = ExpectedCall(expected)
    count = sum(wanted_call.fits(call) for call in calls)
    if count >= least and (most is None or count <= most):
        return VerificationResult(
            ok=True, count=count, message=f"{described(expected)} was seen {times(count)}"
        )
    message = f"expected {described(expected)} {wanted(least, most)}, seen {times(count)}"
    return unmet(message, count, calls, wanted_call) if count < least else met_too_often(message, count)


def verify_order(calls: list[JournalEntry], expected: VerifyPost) -> VerificationResult:
    """Return whether the calls of `order` were made one after the other."""
    if expected != VerifyPost(order=expected.order):
        raise InvalidRequestError(
            "order cannot be combined with other fields: describe each call inside order"
        )
    start = 0
    for count, step in enumerate(expected.order or ()):
        wanted_call = ExpectedCall(step)
        found = next((at for at in range(start, len(calls)) if wanted_call.fits(calls[at])), None)
        if found is None:
            after = f" after request {calls[start - 1].number}" if start else ""
            message = f"expected {described(step)}{after}, but it did not come"
            verdict = unmet(message, count, calls[start:], wanted_call)
            verdict.message += what_came(calls, start, wanted_call)
            return verdict
        start = found + 1
    total = len(expected.order or ())
    return VerificationResult(
        ok=True, count=total, message=f"all {counted(total, 'request')} came in this order"
    )


def what_came(calls: list[JournalEntry], start: int, wanted_call: ExpectedCall) -> str:
    """Return when a missing call came after all, and the newest calls in the order they came."""
    early = [str(call.number) for call in calls[:start] if wanted_call.fits(call)]
    before = f"; it came too early, as request {' and '.join(early)}" if early else ""
    order = ", ".join(f"{call.number} {call.method} {call.path}" for call in calls[-SHOWN:])
    return f"{before}; the order was: {order}" if calls else before


def bounds(expected: VerifyPost) -> tuple[int, int | None]:
    """Return the least and the most times that a call is expected; raise InvalidRequestError."""
    if expected.times is not None:
        if expected.at_least is not None or expected.at_most is not None:
            raise InvalidRequestError("times is an exact number: send it without at_least and at_most")
        return expected.times, expected.times
    least = expected.at_least if expected.at_least is not None else int(expected.at_most is None)
    if expected.at_most is not None and expected.at_most < least:
        raise InvalidRequestError("at_most is less than at_least: no number of requests fits")
    return least, expected.at_most


def unmet(message: str, count: int, calls: list[JournalEntry], expected: ExpectedCall) -> VerificationResult:
    """Return that a call is missing, with the one that came closest."""
    near = ((found, call) for call in calls if (found := expected.differences(call)))
    pair = min(near, key=lambda pair: (sum(weight for weight, _ in pair[0]), -pair[1].number), default=None)
    if pair is None:
        return VerificationResult(ok=False, count=count, message=f"{message}; no other request was made")
    found, closest = pair
    texts = [text for _, text in found]
    where = f"closest was request {closest.number}, {closest.method} {closest.path}: {'; '.join(texts)}"
    return VerificationResult(
        ok=False, count=count, message=f"{message}; {where}", closest=closest, differences=texts
    )


def met_too_often(message: str, count: int) -> VerificationResult:
    """Return that a call was made more often than expected."""
    return VerificationResult(ok=False, count=count, message=message)


def described(expected: Expectation) -> str:
    """Return an expected call in words."""
    parts = {"query": expected.query, "headers": expected.headers, "status": expected.status}
    shown_parts = [f"{name} {printed(as_json(value))}" for name, value in parts.items() if value is not None]
    body = [] if expected.body is UNSET else [f"body {printed(as_json(expected.body))}"]
    return " with ".join(
        [call_in_words(expected), *[" and ".join([*shown_parts, *body])] * bool(shown_parts or body)]
    )


def call_in_words(expected: Expectation) -> str:
    """Return the method and the path of an expected call in words."""
    if expected.method:
        return f"{expected.method.upper()} {expected.path or 'of any path'}"
    return f"any call of {expected.path}" if expected.path else "any call"


def wanted(least: int, most: int | None) -> str:
    """Return in words how often a call is expected."""
    if most is None:
        return f"at least {times(least)}"
    return f"exactly {times(least)}" if most == least else f"{least} to {most} times"


def times(count: int) -> str:
    """Return a number of times in words."""
    return "once" if count == 1 else f"{count} times"
