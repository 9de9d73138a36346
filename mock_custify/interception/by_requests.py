"""Leads the calls of `requests` to the fake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any, Final

import responses
from requests import ConnectionError as RequestsConnectionError
from requests import PreparedRequest, ReadTimeout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.interception.target import Target

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
Result = tuple[int, Mapping[str, str], bytes]


@contextmanager
def intercepted(target: Target) -> Iterator[None]:
    """Lead the calls to `target` until the end of the block."""
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        ours = "|".join(re.escape(url.rstrip("/")) + r"(?:[/?#]|$)" for url in target.base_urls)
        if target.allow_other_hosts:
            mock.add_passthru(re.compile(""))
        for method in METHODS:
            mock.add_callback(
                method,
                re.compile(f"(?:{ours})" if target.allow_other_hosts else "", re.IGNORECASE),
                lambda request: result(target, request),
                content_type=None,
            )
        yield


def result(target: Target, request: PreparedRequest) -> Result:
    """Return the answer to one call; raise what `requests` raises when there is none."""
    method, url = str(request.method), str(request.url)
    if not target.owns(url):
        raise RequestsConnectionError(target.refusal(method, url), request=request)
    reply = target.answer(method, url, request.headers.items(), body_of(request))
    patience = read_timeout(getattr(request, "req_kwargs", {}).get("timeout"))
    if patience is not None and reply.wait > patience:
        raise ReadTimeout(f"{method} {url}: no answer within {patience:g} seconds", request=request)
    sleep(reply.wait)
    if reply.dropped:
        raise RequestsConnectionError(f"{method} {url}: the connection was dropped", request=request)
    return reply.status, dict(reply.headers), reply.body


def body_of(request: PreparedRequest) -> bytes:
    """Return the whole body of a call."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body)


def read_timeout(timeout: Any) -> float | None:
    """Return how many seconds a client waits for an answer, None when it waits for ever."""
    seconds = timeout[1] if isinstance(timeout, tuple) else getattr(timeout, "read_timeout", timeout)
    return float(seconds) if isinstance(seconds, int | float) else None
