"""What a fault does to a call: its answer in part or whole, its delay, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from mock_custify.api.exchange import Exchange
from mock_custify.api.refused_calls import REFUSED
from mock_custify.api.request import ENCODER, Answer, Call, refusal
from mock_custify.errors import ApiError
from mock_custify.workspace.traffic.faults import Fault

REFUSAL: Final = 400
INJECTED: Final = "injected by a fault rule"
DROPPED: Final = "the connection was dropped (injected by a fault rule)"
BODILESS: Final = frozenset({204, 304})


def faulty(fault: Fault, call: Call, run: Callable[[], Answer]) -> Answer:
    """Return the answer of a call that `fault` hits; its delay and its drop are left to the server.

    A server that did not bring an Exchange finds one in the environment of the call.
    """
    if fault.delay or fault.drop:
        exchange = call.environ.setdefault("mock_custify.exchange", Exchange())
        exchange.delay(fault.delay)
        if fault.drop:
            exchange.drop()
    happens = fault.after_write or not (fault.status or fault.drop)
    answer = replaced(fault, outcome(call, run) if happens else made_up(fault))
    if fault.drop or answer.status >= REFUSAL:
        call.environ[REFUSED] = answer.status, DROPPED if fault.drop else INJECTED
    return answer


def made_up(fault: Fault) -> Answer:
    """Return the answer of a call that does not happen."""
    status = fault.status or 500
    body = b"" if status in BODILESS else ENCODER.encode({"error": INJECTED})
    return Answer(body, status)


def outcome(call: Call, run: Callable[[], Answer]) -> Answer:
    """Return the answer of the call itself, whether it is refused or not."""
    try:
        return run()
    except ApiError as error:
        return refusal(call, error)


def replaced(fault: Fault, answer: Answer) -> Answer:
    """Return `answer` with the parts that `fault` gives in place of its own."""
    headers = {**answer.headers, **(fault.headers or {})}
    content_type = popped(headers, "content-type") or answer.content_type
    status = fault.status or answer.status
    body = answer.body if fault.body is None else sent(fault.body)
    return Answer(b"" if status in BODILESS else body, status, headers, content_type)


def popped(headers: dict[str, str], wanted: str) -> str | None:
    """Take a header out of `headers` by its name in any case and return its value, or None."""
    found = {name: value for name, value in headers.items() if name.lower() == wanted}
    for name in found:
        del headers[name]
    return next(reversed(found.values()), None)


def sent(body: Any) -> bytes:
    """Return a body as it is sent: text as it is, so that it may be broken on purpose, else JSON."""
    return body.encode() if isinstance(body, str) else ENCODER.encode(body)
