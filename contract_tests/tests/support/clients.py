"""The HTTP clients that are answered in process, each as a function that returns a status."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import aiohttp
import httpx
import requests

API: Final = "https://api.custify.com"
HEADERS: Final = {"Authorization": "Bearer any-key"}


def by_requests(method: str, url: str, **options: Any) -> int:
    """Return the status of a call by requests."""
    return requests.request(method, url, headers=HEADERS, **{"timeout": 5, **options}).status_code  # noqa: S113 - it has one


def by_httpx(method: str, url: str, **options: Any) -> int:
    """Return the status of a call by httpx."""
    return httpx.request(method, url, headers=HEADERS, **options).status_code


def by_async_httpx(method: str, url: str, **options: Any) -> int:
    """Return the status of a call by async httpx."""

    async def call() -> int:
        async with httpx.AsyncClient() as client:
            return (await client.request(method, url, headers=HEADERS, **options)).status_code

    return asyncio.run(call())


def by_aiohttp(method: str, url: str, **options: Any) -> int:
    """Return the status of a call by aiohttp."""

    async def call() -> int:
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.request(method, url, **options) as answer,
        ):
            await answer.read()
            return answer.status

    return asyncio.run(call())
