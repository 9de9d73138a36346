"""Methods of HTTP that Custify does not use: each client gets in process what the socket answers."""

import asyncio

import aiohttp
import httpx
import pytest
import requests

from mock_custify import MockCustify
from support.clients import API, HEADERS


def by_requests(method, url):
    request = requests.Request(method, url, headers=HEADERS).prepare()
    request.method = method
    with requests.Session() as session:
        answer = session.send(request, timeout=5)
    return answer.status_code, answer.content


def by_httpx(method, url):
    request = httpx.Request(method, url, headers=HEADERS)
    request.method = method
    with httpx.Client() as client:
        answer = client.send(request)
    return answer.status_code, answer.content


def by_aiohttp(method, url):
    async def call():
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.request(method, url) as answer,
        ):
            return answer.status, await answer.read()

    return asyncio.run(call())


@pytest.mark.parametrize("ask", [by_requests, by_httpx, by_aiohttp])
@pytest.mark.parametrize("method", ["PROPFIND", "TRACE", "M-SEARCH", "MYVERB", "get", "post", "HEAD"])
def test_an_unusual_method_gets_what_the_socket_answers(ask, method):
    with MockCustify.serve() as server:
        with MockCustify(allow_other_hosts=True):
            on_socket = ask(method, f"{server.url}/people/all")
        with MockCustify():
            in_process = ask(method, f"{API}/people/all")

    assert in_process == on_socket
