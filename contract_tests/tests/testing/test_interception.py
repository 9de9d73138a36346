"""MockCustify: which calls of which clients reach the fake, and what happens to the others."""

import asyncio
import json
import subprocess
import sys
from urllib.parse import quote

import aiohttp
import httpx
import pytest
import requests

from mock_custify import MockCustify
from support.clients import API, HEADERS, by_aiohttp, by_async_httpx, by_httpx, by_requests

OTHER = "https://custify.example/people/all"

every_client = pytest.mark.parametrize("ask", [by_requests, by_httpx, by_async_httpx, by_aiohttp])


@every_client
def test_a_call_to_custify_reaches_the_fake(ask):
    with MockCustify() as custify:
        status = ask("POST", f"{API}/people", json={"user_id": "u1", "companies": [{"company_id": "c1"}]})

    assert status == 200
    assert custify.person(user_id="u1").companies == ["c1"]


@every_client
def test_a_query_reaches_the_fake(ask):
    with MockCustify() as custify:
        ask("GET", f"{API}/people?email=a%2Bb%40example.com")

    assert custify.requests[0].query == {"email": "a+b@example.com"}


@every_client
def test_a_base_url_of_choice_reaches_the_fake(ask):
    with MockCustify(base_url="http://custify.example:8080/proxy") as custify:
        ask("POST", "http://custify.example:8080/proxy/people", json={"user_id": "u1"})

    assert [call.path for call in custify.requests] == ["/people"]


@every_client
@pytest.mark.parametrize("url", [OTHER, "https://api.custify.com.example/people", "http://api.custify.com/"])
def test_a_call_to_another_host_is_refused(ask, url):
    with (
        MockCustify(),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match=f"GET {url} is refused"),
    ):
        ask("GET", url)


@every_client
def test_a_call_to_another_host_is_let_through_by_choice(ask):
    with MockCustify.serve() as server, MockCustify(allow_other_hosts=True) as custify:
        status = ask("GET", f"{server.url}/people/all")

    assert status == 200
    assert custify.requests == []


@every_client
def test_an_unknown_path_of_custify_is_answered_with_404(ask):
    with MockCustify():
        assert ask("GET", f"{API}/nothing") == 404


@every_client
def test_a_dropped_connection_is_an_error_of_the_client(ask):
    with MockCustify() as custify:
        custify.fail_next(drop=True, times=2)

        with pytest.raises((OSError, httpx.RemoteProtocolError, aiohttp.ClientError)):
            ask("POST", f"{API}/people", json={"user_id": "u1"})

    assert custify.people == []


@pytest.mark.parametrize(
    ("ask", "patience", "error"),
    [
        (by_requests, 0.01, requests.ReadTimeout),
        (by_requests, (1, 0.01), requests.ReadTimeout),
        (by_httpx, 0.01, httpx.ReadTimeout),
        (by_async_httpx, 0.01, httpx.ReadTimeout),
        (by_aiohttp, aiohttp.ClientTimeout(total=0.01), TimeoutError),
    ],
)
def test_a_delay_longer_than_the_client_waits_is_its_timeout(ask, patience, error):
    with MockCustify() as custify:
        custify.fail_next(delay=30)

        with pytest.raises(error):
            ask("GET", f"{API}/people/all", timeout=patience)


@every_client
def test_a_short_delay_is_waited_for(ask):
    with MockCustify() as custify:
        custify.fail_next(delay=0.01)

        assert ask("GET", f"{API}/people/all") == 200


def test_a_body_in_pieces_reaches_the_fake():
    with MockCustify() as custify:
        by_requests("POST", f"{API}/people", data=iter([b'{"user_id"', b':"u1"}']))

    assert len(custify.people) == 1


def test_the_clients_are_given_back():
    before = [vars(kind).copy() for kind in (httpx.HTTPTransport, aiohttp.TCPConnector)]

    with MockCustify():
        pass

    assert [vars(kind).copy() for kind in (httpx.HTTPTransport, aiohttp.TCPConnector)] == before


def test_each_use_is_fresh():
    custify = MockCustify()
    with custify:
        by_requests("POST", f"{API}/people", json={"user_id": "u1"})

    with custify:
        assert custify.people == []


def test_one_fake_cannot_be_used_twice_at_once():
    with MockCustify() as custify, pytest.raises(RuntimeError, match="already started"):
        custify.__enter__()


def test_importing_the_package_imports_no_client():
    code = (
        "import sys, mock_custify, mock_custify.testing.pytest_plugin;"
        "print({'flask', 'requests', 'httpx', 'aiohttp', 'uvicorn', 'msgspec'} & set(sys.modules))"
    )

    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert printed.stdout == "set()\n"


@every_client
@pytest.mark.parametrize("base", ["https://api.custify.com:443", "HTTPS://API.Custify.com", f"{API}/"])
def test_a_url_of_custify_is_one_in_any_spelling(ask, base):
    with MockCustify() as custify:
        assert ask("GET", f"{base.rstrip('/')}/people/all") == 200

    assert [call.path for call in custify.requests] == ["/people/all"]


@every_client
def test_a_base_url_with_a_path_stands_before_the_paths_of_custify(ask):
    with MockCustify(base_url="http://custify.example/api/") as custify:
        assert ask("GET", "http://custify.example/api/people/all") == 200

    assert [call.path for call in custify.requests] == ["/people/all"]


@every_client
@pytest.mark.parametrize("url", ["http://custify.example/apis/people", "http://custify.example/people"])
def test_a_path_that_only_begins_like_the_base_url_is_another_host(ask, url):
    with (
        MockCustify(base_url="http://custify.example/api"),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match="is refused: this fake"),
    ):
        ask("GET", url)


@every_client
def test_letters_of_any_script_reach_the_fake_in_path_query_and_body(ask):
    with MockCustify() as custify:
        ask("POST", f"{API}/people", json={"user_id": "ü✓ +%"})
        ask("GET", f"{API}/people/{quote('ü✓ +%', safe='')}", params={"q": "ü&✓ +%"})

    assert custify.person(user_id="ü✓ +%") is not None
    assert (custify.requests[1].path, custify.requests[1].query) == ("/people/ü✓ +%", {"q": "ü&✓ +%"})


def test_an_async_delay_leaves_the_loop_to_others():
    async def both():
        async with httpx.AsyncClient(headers=HEADERS) as client:
            late = asyncio.create_task(client.get(f"{API}/people/all", timeout=60))
            await asyncio.sleep(0)
            other = await client.get(f"{API}/company/all")
            is_waiting = not late.done()
            late.cancel()
            return other.status_code, is_waiting

    with MockCustify() as custify:
        custify.fail_next(delay=5, path="/people/all")

        assert asyncio.run(both()) == (200, True)
        assert [call.path for call in custify.requests] == ["/people/all", "/company/all"]


def test_the_patience_of_a_client_is_how_long_it_reads_not_how_long_it_connects():
    with MockCustify() as custify:
        custify.fail_next(delay=0.02, times=2)

        assert by_httpx("GET", f"{API}/people/all", timeout=httpx.Timeout(5, connect=0.01)) == 200
        assert by_requests("GET", f"{API}/people/all", timeout=(0.01, 5)) == 200


def test_a_long_body_reaches_the_fake_whole_from_any_client():
    body = {"user_id": "u1", "custom_attributes": {f"long {number}": "x" * 255 for number in range(240)}}
    with MockCustify() as custify:
        statuses = [
            ask("POST", f"{API}/people", json=body)
            for ask in (by_requests, by_httpx, by_async_httpx, by_aiohttp)
        ]

    assert statuses == [200] * 4
    assert custify.person(user_id="u1").custom_attributes == body["custom_attributes"]


def test_the_clients_are_given_back_after_an_error_too():
    before = [
        vars(kind).copy() for kind in (httpx.HTTPTransport, httpx.AsyncHTTPTransport, aiohttp.TCPConnector)
    ]

    with pytest.raises(ZeroDivisionError), MockCustify():
        _ = 1 / 0

    kinds = (httpx.HTTPTransport, httpx.AsyncHTTPTransport, aiohttp.TCPConnector)
    assert [vars(kind).copy() for kind in kinds] == before


def test_of_two_fakes_one_in_the_other_the_inner_one_answers_until_its_end():
    with MockCustify() as outer:
        with MockCustify() as inner:
            by_httpx("POST", f"{API}/people", json={"user_id": "inner"})
        by_httpx("POST", f"{API}/people", json={"user_id": "outer"})

    assert [person.user_id for person in inner.people + outer.people] == ["inner", "outer"]


def test_two_keys_in_one_call_are_a_key_that_nobody_has():
    twice = [("Authorization", "Bearer right-key"), ("Authorization", "Bearer right-key")]
    with MockCustify(api_key="right-key"):
        assert httpx.get(f"{API}/people/all", headers=twice[:1]).status_code == 200
        assert httpx.get(f"{API}/people/all", headers=twice).status_code == 401


def test_a_body_that_aiohttp_sends_in_pieces_reaches_the_fake():
    async def pieces():
        yield b'{"user_id"'
        yield b':"u1"}'

    with MockCustify() as custify:
        assert by_aiohttp("POST", f"{API}/people", data=pieces()) == 200

    assert custify.person(user_id="u1") is not None


def test_a_long_body_in_pieces_reaches_the_fake_whole():
    attributes = {f"long {number}": "x" * 255 for number in range(70)}
    body = json.dumps({"user_id": "u1", "custom_attributes": attributes}).encode()
    pieces = [body[:24], body[24:9_024], body[9_024:18_024], body[18_024:]]
    with MockCustify() as custify:
        assert by_requests("POST", f"{API}/people", data=iter(pieces)) == 200

    assert custify.person(user_id="u1").custom_attributes == attributes


def test_the_headers_of_an_answer_reach_every_client():
    async def asked():
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.get(f"{API}/people/all") as answer,
        ):
            return answer

    with MockCustify() as custify:
        custify.fail_next(headers={"X-Fault": "yes"}, times=3)
        answers = [
            client.get(f"{API}/people/all", headers=HEADERS, timeout=5) for client in (requests, httpx)
        ]
        heads = [answer.headers for answer in answers] + [asyncio.run(asked()).headers]

    wanted = {"X-Fault": "yes", "Content-Type": "application/json"}
    assert [{name: head[name] for name in wanted} for head in heads] == [wanted] * 3


@every_client
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
def test_a_call_to_another_host_is_refused_whatever_its_method(ask, method):
    with (
        MockCustify(),
        pytest.raises((OSError, httpx.ConnectError, aiohttp.ClientError), match=f"{method} .* is refused"),
    ):
        ask(method, OTHER)
