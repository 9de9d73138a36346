"""aiohttp in process: timeouts, uploads and the extras of a session behave as on a socket."""

import asyncio

import aiohttp
import pytest

from mock_custify import MockCustify
from support.clients import API, HEADERS, by_aiohttp

URL = f"{API}/people/all"


def test_a_call_ends_where_the_time_of_the_loop_stands_still(monkeypatch):
    with MockCustify() as custify:
        monkeypatch.setattr("time.monotonic", lambda: 1e9)
        custify.fail_next(delay=0.01)

        assert [by_aiohttp("GET", URL) for _ in range(2)] == [200, 200]


def test_a_client_that_waits_for_100_continue_sends_its_body():
    with MockCustify() as custify:
        assert by_aiohttp("POST", f"{API}/people", json={"user_id": "u1"}, expect100=True) == 200

    assert len(custify.people) == 1


@pytest.mark.parametrize(
    ("timeout", "error"),
    [
        (aiohttp.ClientTimeout(total=500), TimeoutError),
        (aiohttp.ClientTimeout(total=None, sock_read=500), aiohttp.SocketTimeoutError),
        (aiohttp.ClientTimeout(total=900, sock_read=500), aiohttp.SocketTimeoutError),
    ],
)
def test_a_delay_longer_than_a_timeout_ends_at_once(timeout, error):
    with MockCustify() as custify:
        custify.fail_next(delay=600)

        with pytest.raises(error):
            by_aiohttp("GET", URL, timeout=timeout)


def test_the_time_to_connect_is_not_the_time_to_answer():
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=0.001, connect=5)
    with MockCustify() as custify:
        custify.fail_next(delay=0.02)

        assert by_aiohttp("GET", URL, timeout=timeout) == 200


def test_an_offer_to_upgrade_keeps_the_body():
    upgrade = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c"}
    with MockCustify() as custify:
        assert (
            by_aiohttp("POST", f"{API}/people", json={"user_id": "u1"}, headers={**HEADERS, **upgrade}) == 200
        )

    assert len(custify.people) == 1


def test_a_form_with_a_file_is_what_the_socket_makes_of_it():
    def form():
        data = aiohttp.FormData()
        data.add_field("file", b"content", filename="a.txt")
        return data

    with MockCustify.serve() as server, MockCustify(allow_other_hosts=True) as custify:
        in_process = by_aiohttp("POST", f"{API}/people", data=form())
        on_socket = by_aiohttp("POST", f"{server.url}/people", data=form())

    assert in_process == on_socket
    assert len(custify.requests) == 1


def test_traces_cookies_and_raise_for_status_work():
    seen = []

    async def note(_session, _context, params):
        seen.append(type(params).__name__)

    async def asked():
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(note)
        trace.on_response_chunk_received.append(note)
        async with aiohttp.ClientSession(
            headers=HEADERS, trace_configs=[trace], raise_for_status=True
        ) as session:
            await (await session.get(URL)).read()
            cookies = [cookie.value for cookie in session.cookie_jar]
            with pytest.raises(aiohttp.ClientResponseError):
                await session.get(f"{API}/nothing")
        return cookies

    with MockCustify() as custify:
        custify.fail_next(200, headers={"Set-Cookie": "a=b; Path=/"})

        assert asyncio.run(asked()) == ["b"]

    assert seen == ["TraceRequestEndParams", "TraceResponseChunkReceivedParams"]


def test_a_client_that_gives_up_is_not_delivered_to():
    async def asked():
        async with aiohttp.ClientSession(headers=HEADERS) as session:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(session.get(URL), 0.01)

    with MockCustify() as custify:
        custify.fail_next(delay=0.05)
        asyncio.run(asked())
