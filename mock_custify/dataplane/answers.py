"""What goes back to an SDK: plain text, never JSON, and always with the headers that browsers need.

Source: data plane, sections 0, 3 ("CORS") and 4 ("Answers").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mock_custify.api import Answer
from mock_custify.api.refused_calls import REFUSED

if TYPE_CHECKING:
    from mock_custify.api import Call

TEXT: Final = "text/plain; charset=utf-8"
WANTED: Final = "Access-Control-Request-"
PREFLIGHT_VARY: Final = f"Origin, {WANTED}Method, {WANTED}Headers"


def ok(call: Call) -> Answer:
    """Return the one answer that every SDK takes for success: 200 with `ok`, without a line end."""
    return Answer(b"ok", 200, shared(call), TEXT)


def refused(call: Call, status: int, text: str) -> Answer:
    """Return a refusal. JSON would make RudderStack's Python SDK try a 4xx again."""
    call.environ[REFUSED] = status, text
    headers = {**shared(call), "X-Content-Type-Options": "nosniff"}
    return Answer(f"{text}\n".encode(), status, headers, TEXT)


def wrong_method(call: Call, methods: str) -> Answer:
    """Return the refusal of a method that a path does not take."""
    call.environ[REFUSED] = 405, f"use {methods}"
    return Answer(b"", 405, {**shared(call), "Allow": methods}, TEXT)


def json_answer(call: Call, body: Any) -> Answer:
    """Return a JSON answer that a browser may read."""
    return Answer(msgspec.json.encode(body), 200, shared(call))


def shared(call: Call) -> dict[str, str]:
    """Return the headers that let the page at the caller's origin read the answer.

    The origin is named: "*" does not cover the Authorization header that the SDKs send.
    """
    origin = call.header("Origin")
    if not origin:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }


def preflight(call: Call) -> Answer:
    """Return the answer to a browser that asks whether it may send what it wants to send."""
    method, headers = call.header(f"{WANTED}Method"), call.header(f"{WANTED}Headers")
    allowed = {"Vary": PREFLIGHT_VARY, "Access-Control-Max-Age": "900"}
    if method:
        allowed["Access-Control-Allow-Methods"] = method
    if headers:
        allowed["Access-Control-Allow-Headers"] = headers
    return Answer(b"", 204, {**shared(call), **allowed}, TEXT)
