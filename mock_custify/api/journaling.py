"""What every call of the Custify API meets: the rate limit, the faults and the journal of its workspace."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from time import perf_counter
from typing import Any, Final

from mock_custify.api.fault_effects import faulty
from mock_custify.api.refused_calls import JOURNALED
from mock_custify.api.request import Answer, Call, refusal, utf8_text
from mock_custify.errors import ApiError
from mock_custify.workspace import Workspace
from mock_custify.workspace.traffic.journal import (
    LARGEST_BODY,
    LARGEST_NAME,
    LARGEST_TEXT,
    MOST_HEADERS,
    Recorded,
)
from mock_custify.workspace.traffic.redaction import (
    HIDDEN,
    SHORTEST_KEY,
    answer_without_key,
    body_without_key,
    headers_without_key,
    query_without_key,
    without_key,
)

FAILED: Final = Answer(status=500)
BEARER_HIDDEN: Final = f"Bearer {HIDDEN}"


def journaled(call: Call, workspace: Workspace, run: Callable[[Call, Workspace], Answer]) -> Answer:
    """Answer a call of the Custify API and put it into the journal, refusals and faults included.

    Raises ApiError for a refusal, after it is in the journal.
    """
    started = perf_counter()
    answer, fault = FAILED, False
    try:
        if workspace.rate_limit is not None:
            workspace.rate_limit.take(workspace.clock.now())
        hit = workspace.faults.find(call.method, call.path) if workspace.faults.rules else None
        fault = hit is not None
        answer = run(call, workspace) if hit is None else faulty(hit, call, lambda: run(call, workspace))
    except ApiError as error:
        answer = refusal(call, error)
        call.environ[JOURNALED] = True
        raise
    finally:
        if workspace.journal.size:
            workspace.journal.add(recorded(call, workspace, answer, perf_counter() - started, faulty=fault))
        else:
            workspace.journal.count += 1
    return answer


def recorded(call: Call, workspace: Workspace, answer: Answer, seconds: float, *, faulty: bool) -> Recorded:
    """Return what the journal keeps of a call: no key, and no more than a bounded part of each text."""
    key = call.environ["HTTP_AUTHORIZATION"].partition(" ")[2].strip()
    path, query = call.path, call.environ.get("QUERY_STRING", "")
    body, text = body_of(call), answer.body
    if len(key) >= SHORTEST_KEY:
        plain = utf8_text(key)
        path, query = without_key(path, plain), query_without_key(query, plain)
        body, text = body_without_key(body, plain), answer_without_key(text, plain)
    return Recorded(
        workspace.journal.count + 1,
        workspace.clock.now(),
        call.method,
        path[:LARGEST_TEXT],
        query[:LARGEST_TEXT],
        headers_of(call.environ, key),
        body[:LARGEST_BODY],
        answer.status,
        text[:LARGEST_BODY],
        seconds,
        faulty,
        len(body) > LARGEST_BODY or len(text) > LARGEST_BODY,
    )


def headers_of(environ: dict[str, Any], key: str) -> dict[str, str]:
    """Return the request headers by their names in the environment; what proves who asks is hidden."""
    found: dict[str, str] = {name: value for name, value in environ.items() if name[:5] == "HTTP_"}
    found["HTTP_AUTHORIZATION"] = BEARER_HIDDEN
    found["CONTENT_TYPE"] = environ.get("CONTENT_TYPE", "")
    if "HTTP_COOKIE" in found:
        found["HTTP_COOKIE"] = HIDDEN
    text = "".join(found.values())
    if len(key) >= SHORTEST_KEY and key in text:
        found = headers_without_key(found, key)
    return found if len(text) < LARGEST_TEXT and len(found) < MOST_HEADERS else cut(found)


def cut(headers: dict[str, str]) -> dict[str, str]:
    """Return a bounded part of headers that are many or long."""
    return {
        name[:LARGEST_NAME]: value[:LARGEST_TEXT] for name, value in islice(headers.items(), MOST_HEADERS)
    }


def body_of(call: Call) -> bytes:
    """Return the request body, empty when it was refused for its size."""
    try:
        return call.body
    except ApiError:
        return b""
