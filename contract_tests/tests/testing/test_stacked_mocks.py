"""MockCustify with mocks of `responses` and with other fakes around it and inside."""

import asyncio
from threading import Thread

import aiohttp
import httpx
import pytest
import requests
import responses
from requests.adapters import HTTPAdapter

from mock_custify import MockCustify
from support.clients import API, HEADERS, by_aiohttp, by_async_httpx, by_httpx, by_requests

OTHER = "https://other.example/people/all"
every_client = pytest.mark.parametrize("ask", [by_requests, by_httpx, by_async_httpx, by_aiohttp])
KINDS = (HTTPAdapter, httpx.HTTPTransport, httpx.AsyncHTTPTransport, aiohttp.TCPConnector)


@pytest.fixture(autouse=True)
def _unpatched_at_the_end():
    before = [vars(kind).copy() for kind in KINDS]
    yield
    assert [vars(kind).copy() for kind in KINDS] == before


def test_an_outer_mock_of_responses_answers_for_other_hosts():
    with responses.RequestsMock() as outer:
        outer.get(OTHER, status=418)
        with MockCustify(allow_other_hosts=True):
            assert by_requests("GET", OTHER) == 418
            assert by_requests("GET", f"{API}/people/all") == 200


def test_an_outer_mock_of_responses_refuses_what_it_does_not_know():
    with (
        responses.RequestsMock(),
        MockCustify(allow_other_hosts=True),
        pytest.raises(requests.ConnectionError, match="Connection refused by Responses"),
    ):
        by_requests("GET", OTHER)


@every_client
def test_an_outer_fake_answers_for_its_own_base_url(ask):
    with MockCustify(base_url="https://other.example") as outer, MockCustify(allow_other_hosts=True) as inner:
        assert ask("GET", OTHER) == 200

    assert (len(outer.requests), len(inner.requests)) == (1, 0)


@every_client
def test_an_outer_fake_refuses_hosts_that_the_inner_one_allows(ask):
    with (
        MockCustify(),
        MockCustify(allow_other_hosts=True),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match="is refused"),
    ):
        ask("GET", OTHER)


def test_an_inner_mock_of_responses_that_passes_custify_through_reaches_the_fake():
    with MockCustify() as custify, responses.RequestsMock() as inner:
        inner.add_passthru("https://api.custify.com")

        assert by_requests("GET", f"{API}/people/all") == 200

    assert len(custify.requests) == 1


def test_an_inner_mock_of_responses_that_passes_everything_through_is_still_refused():
    with MockCustify(), responses.RequestsMock() as inner:
        inner.add_passthru("https://")

        with pytest.raises(requests.ConnectionError, match="is refused: this fake"):
            by_requests("GET", OTHER)


def test_a_fake_inside_of_responses_inside_of_a_fake_answers():
    with MockCustify() as outer, responses.RequestsMock(), MockCustify() as inner:
        assert by_requests("GET", f"{API}/people/all") == 200

    assert (len(outer.requests), len(inner.requests)) == (0, 1)


@every_client
def test_of_two_fakes_that_overlap_the_open_one_answers(ask):
    first, second = MockCustify(), MockCustify()
    first.__enter__()
    second.__enter__()
    first.stop()
    try:
        assert ask("GET", f"{API}/people/all") == 200
    finally:
        second.stop()

    assert (len(first.requests), len(second.requests)) == (0, 1)


def test_two_tasks_each_reach_their_own_fake():
    async def task(name, before, after):
        async with httpx.AsyncClient(headers=HEADERS) as client:
            await before.wait()
            async with MockCustify() as custify:
                after.set()
                await asyncio.sleep(0)
                await client.post(f"{API}/people", json={"user_id": name})
                await asyncio.sleep(0)
                return [person.user_id for person in custify.people]

    async def both():
        start, started = asyncio.Event(), asyncio.Event()
        start.set()
        return await asyncio.gather(task("a", start, started), task("b", started, asyncio.Event()))

    assert asyncio.run(both()) == [["a"], ["b"]]


def test_a_thread_that_a_test_starts_reaches_the_fake_of_the_test():
    with MockCustify() as custify:
        thread = Thread(
            target=by_requests, args=("POST", f"{API}/people"), kwargs={"json": {"user_id": "u1"}}
        )
        thread.start()
        thread.join()

    assert len(custify.people) == 1


def test_mocks_of_responses_that_overlap_leave_nothing_behind():
    custify, mock = MockCustify(), responses.RequestsMock()
    custify.__enter__()
    mock.start()
    custify.stop()
    mock.stop()

    with MockCustify():
        assert by_requests("GET", f"{API}/people/all") == 200
