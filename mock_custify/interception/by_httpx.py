"""Leads the calls of `httpx`, with and without async, to the fake."""

from __future__ import annotations

from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any

import anyio
import httpx

from mock_custify.interception.clients import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_custify.interception.target import Reply, Target


@contextmanager
def intercepted(target: Target) -> Iterator[None]:
    """Lead the calls to `target` until the end of the block."""
    with (
        replaced(httpx.HTTPTransport, "handle_request", sync_handler(target)),
        replaced(httpx.AsyncHTTPTransport, "handle_async_request", async_handler(target)),
    ):
        yield


def sync_handler(target: Target) -> Any:
    """Return what takes the place of sending a call."""
    send = httpx.HTTPTransport.handle_request

    def handle_request(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        if target.allow_other_hosts and not target.owns(str(request.url)):
            return send(transport, request)
        reply = reply_of(target, request, request.read())
        sleep(reply.wait)
        return response_of(reply, request)

    return handle_request


def async_handler(target: Target) -> Any:
    """Return what takes the place of sending an async call."""
    send = httpx.AsyncHTTPTransport.handle_async_request

    async def handle_async_request(
        transport: httpx.AsyncHTTPTransport, request: httpx.Request
    ) -> httpx.Response:
        if target.allow_other_hosts and not target.owns(str(request.url)):
            return await send(transport, request)
        reply = reply_of(target, request, await request.aread())
        await anyio.sleep(reply.wait)
        return response_of(reply, request)

    return handle_async_request


def reply_of(target: Target, request: httpx.Request, body: bytes) -> Reply:
    """Return the reply to one call; raise what httpx raises when it is refused or takes too long."""
    url = str(request.url)
    if not target.owns(url):
        raise httpx.ConnectError(target.refusal(request.method, url), request=request)
    reply = target.answer(request.method, url, request.headers.multi_items(), body)
    patience = request.extensions.get("timeout", {}).get("read")
    if patience is not None and reply.wait > patience:
        raise httpx.ReadTimeout(f"no answer within {patience:g} seconds", request=request)
    return reply


def response_of(reply: Reply, request: httpx.Request) -> httpx.Response:
    """Return the response of a reply; raise what httpx raises for a dropped connection."""
    if reply.dropped:
        raise httpx.RemoteProtocolError("the connection was dropped", request=request)
    return httpx.Response(reply.status, headers=reply.headers, content=reply.body, request=request)
